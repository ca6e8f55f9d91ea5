package io.grouppulse.oracle;

import java.util.Map;

/**
 * Measures of a whole set of events at a time T that the caller names.
 *
 * <p>Everything in the set counts, also what is later than T: it is up to the caller that the set is what was accepted
 * by T. Orders that name no group belong to attribution and are left out.
 */
public interface BatchMeasures {

    /** Group, window name, measure; every group that has any event, every measure of {@link MeasureNames#ALL}. */
    Map<String, Map<String, Map<String, Long>>> windows(long t);

    /** The same measures since the start of T's day in the zone, by group. */
    Map<String, Map<String, Long>> today(long t);

    /** Customers in each group. */
    Map<String, Long> members(long t);

    /**
     * Group, start of the minute, measure of {@link MeasureNames#HISTORY}; minutes in which every measure is zero are
     * left out, and so are groups that have only such minutes.
     *
     * @param fromMinute start of the first minute
     * @param toMinute start of the minute after the last
     */
    Map<String, Map<Long, Map<String, Long>>> history(long fromMinute, long toMinute);

    /** Measures of {@link MeasureNames#TOTAL} since the first event, by group. */
    Map<String, Map<String, Long>> total();
}
