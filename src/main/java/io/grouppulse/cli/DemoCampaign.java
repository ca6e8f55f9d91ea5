package io.grouppulse.cli;

import org.jspecify.annotations.Nullable;

/**
 * A flash sale of the demo as the registry is told of it.
 *
 * @param from epoch milliseconds; {@code to} exclusive
 * @param targetGmv minor units
 * @param compareTo id of the flash sale before it; null for the first
 */
record DemoCampaign(
        String id,
        String name,
        long from,
        long to,
        long targetGmv,
        long targetOrders,
        @Nullable String compareTo) {}
