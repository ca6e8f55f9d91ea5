package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.signal.Counts;
import org.jspecify.annotations.Nullable;

/**
 * One order in the ledger of a stretch of time: what it is, and what it adds to each measure in that stretch. Summed over
 * the entries, the counts are the measures of the stretch.
 *
 * @param source the shop that told of it; {@code order} is unique within it
 * @param member index of who paid it, or ordered it while it is unpaid; -1 while neither is known
 * @param createdAt epoch millis, {@link #NEVER} while it has not happened; the other times likewise
 * @param item as the earliest event that names one says; {@code share} and {@code channel} likewise
 */
public record OrderEntry(
        String source,
        String order,
        int member,
        long createdAt,
        long paidAt,
        long cancelledAt,
        @Nullable String item,
        @Nullable String share,
        @Nullable String channel,
        Counts counts) {
    /** The time of what has not happened. */
    public static final long NEVER = Long.MAX_VALUE;
}
