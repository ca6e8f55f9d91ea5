package io.grouppulse.domain.signal.orderrain;

import org.jspecify.annotations.Nullable;

/**
 * A paid order of a group.
 *
 * @param ts when it was paid, epoch millis
 * @param member index of who paid
 * @param customer whether that counts as a customer's act
 * @param money minor units, 0 when unpriced
 * @param item as the earliest event that names one says; {@code share} and {@code channel} likewise
 */
public record PaidSale(
        long ts,
        int member,
        boolean customer,
        long money,
        @Nullable String item,
        @Nullable String share,
        @Nullable String channel) {}
