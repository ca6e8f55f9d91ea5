package io.grouppulse.domain.group;

import org.jspecify.annotations.Nullable;

/**
 * How unusual a group's present gap is, immutable.
 *
 * @param since newest interaction, epoch millis, {@link Long#MIN_VALUE} if there never was one
 * @param expected interactions to be expected since then, NaN while nothing can be said
 * @param probability of no interaction since then, NaN while nothing can be said
 * @param deadline when the gap becomes a silence, epoch millis, {@link Long#MAX_VALUE} while nothing can be said
 * @param parent path of the highest organisation node that is silent as a whole and speaks for the group, or null
 * @param broken the silence that was broken, but not left, by what came up to {@code since}, or null
 */
public record SilenceReading(
        long since,
        double expected,
        double probability,
        long deadline,
        @Nullable String parent,
        @Nullable Broken broken) {

    /**
     * A silence that is over as a gap, though the group still counts as silent.
     *
     * @param since the last interaction before it, {@code until} the first after it, epoch millis
     * @param expected interactions that were to be expected in it
     */
    public record Broken(long since, long until, double expected) {}

    /** Nothing but the last interaction is known. */
    public static SilenceReading unknown(long since) {
        return new SilenceReading(since, Double.NaN, Double.NaN, Long.MAX_VALUE, null, null);
    }
}
