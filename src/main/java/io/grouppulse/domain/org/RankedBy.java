package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Counts;
import java.util.function.ToLongFunction;

/**
 * An order of groups: those with the most first, ties by id.
 *
 * @param scope path of the node at or below which they stand
 * @param window its index, or the number of windows for today
 * @param measure of that window's counts; equal to itself alone, so a constant
 */
public record RankedBy(String scope, int window, ToLongFunction<Counts> measure) {
    /** The window's counts, or today's. */
    Counts counts(GroupReading reading) {
        return window < reading.windows().size() ? reading.windows().get(window) : reading.today();
    }
}
