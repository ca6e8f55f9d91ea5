package io.grouppulse.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where two sets of measures differ, as text for people; what one side leaves out counts as zero.
 *
 * <p>For one thread.
 */
public final class MeasureDiff {

    private static final int SHOWN = 20;

    private final Collection<String> only;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> groups = new TreeSet<>();
    private long differences;

    private MeasureDiff(Collection<String> only) {
        this.only = only;
    }

    /** Compares whatever measures either side has. */
    public static MeasureDiff ofAll() {
        return new MeasureDiff(List.of());
    }

    /** Compares these measures alone. */
    public static MeasureDiff ofOnly(Collection<String> measures) {
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare");
        }
        return new MeasureDiff(Set.copyOf(measures));
    }

    /** Adds all answers of two sides at T, histories between these minutes included. */
    public MeasureDiff everything(
            long t, long fromMinute, long toMinute, BatchMeasures expected, BatchMeasures actual) {
        return windows(t, expected.windows(t), actual.windows(t))
                .today(t, expected.today(t), actual.today(t))
                .members(t, expected.members(t), actual.members(t))
                .history(expected.history(fromMinute, toMinute), actual.history(fromMinute, toMinute))
                .total(expected.total(), actual.total());
    }

    /** Adds windows: group, window, measure. */
    public MeasureDiff windows(
            long t,
            Map<String, Map<String, Map<String, Long>>> expected,
            Map<String, Map<String, Map<String, Long>>> actual) {
        for (String group : union(expected.keySet(), actual.keySet())) {
            Map<String, Map<String, Long>> left = expected.getOrDefault(group, Map.of());
            Map<String, Map<String, Long>> right = actual.getOrDefault(group, Map.of());
            for (String window : union(left.keySet(), right.keySet())) {
                measures(
                        group,
                        " T=%d window=%s".formatted(t, window),
                        left.getOrDefault(window, Map.of()),
                        right.getOrDefault(window, Map.of()));
            }
        }
        return this;
    }

    /** Adds days: group, measure. */
    public MeasureDiff today(long t, Map<String, Map<String, Long>> expected, Map<String, Map<String, Long>> actual) {
        return groups(" T=%d window=today".formatted(t), expected, actual);
    }

    /** Adds totals: group, measure. */
    public MeasureDiff total(Map<String, Map<String, Long>> expected, Map<String, Map<String, Long>> actual) {
        return groups(" total", expected, actual);
    }

    /** Adds numbers of members by group. */
    public MeasureDiff members(long t, Map<String, Long> expected, Map<String, Long> actual) {
        for (String group : union(expected.keySet(), actual.keySet())) {
            measure(
                    group,
                    " T=%d".formatted(t),
                    "members",
                    expected.getOrDefault(group, 0L),
                    actual.getOrDefault(group, 0L));
        }
        return this;
    }

    /** Adds histories: group, start of the minute, measure. */
    public MeasureDiff history(
            Map<String, Map<Long, Map<String, Long>>> expected, Map<String, Map<Long, Map<String, Long>>> actual) {
        for (String group : union(expected.keySet(), actual.keySet())) {
            Map<Long, Map<String, Long>> left = expected.getOrDefault(group, Map.of());
            Map<Long, Map<String, Long>> right = actual.getOrDefault(group, Map.of());
            for (long minute : union(left.keySet(), right.keySet())) {
                measures(
                        group,
                        " minute=%d".formatted(minute),
                        left.getOrDefault(minute, Map.of()),
                        right.getOrDefault(minute, Map.of()));
            }
        }
        return this;
    }

    /** How many differences were found. */
    public long count() {
        return differences;
    }

    public boolean isEmpty() {
        return differences == 0;
    }

    /** The groups of which at least one measure differs. */
    public Set<String> wrongGroups() {
        return Set.copyOf(groups);
    }

    /** The first differences, a line each, and how many there are; empty if there is none. */
    public String report() {
        if (isEmpty()) {
            return "";
        }
        String more = differences > SHOWN ? "\n... and %d more".formatted(differences - SHOWN) : "";
        return "%d differences:%n%s%s".formatted(differences, String.join("\n", lines), more);
    }

    /** Throws an {@link AssertionError} with the report unless the sides agree. */
    public void assertEmpty(String context) {
        if (!isEmpty()) {
            throw new AssertionError(context + ": " + report());
        }
    }

    @Override
    public String toString() {
        return report();
    }

    private MeasureDiff groups(
            String where, Map<String, Map<String, Long>> expected, Map<String, Map<String, Long>> actual) {
        for (String group : union(expected.keySet(), actual.keySet())) {
            measures(group, where, expected.getOrDefault(group, Map.of()), actual.getOrDefault(group, Map.of()));
        }
        return this;
    }

    private void measures(String group, String where, Map<String, Long> expected, Map<String, Long> actual) {
        for (String measure : union(expected.keySet(), actual.keySet())) {
            measure(group, where, measure, expected.getOrDefault(measure, 0L), actual.getOrDefault(measure, 0L));
        }
    }

    private void measure(String group, String where, String measure, long expected, long actual) {
        if (expected == actual || !(only.isEmpty() || only.contains(measure))) {
            return;
        }
        differences++;
        groups.add(group);
        if (lines.size() < SHOWN) {
            lines.add("group=%s%s %s: expected %d, actual %d".formatted(group, where, measure, expected, actual));
        }
    }

    private static <K extends Comparable<K>> Set<K> union(Set<K> left, Set<K> right) {
        Set<K> union = new TreeSet<>(left);
        union.addAll(right);
        return union;
    }
}
