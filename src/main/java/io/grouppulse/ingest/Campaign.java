package io.grouppulse.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sale session: whose numbers count, from when to when, and what is hoped for.
 *
 * @param org the organisation path whose groups take part, empty for all; null when groups are listed
 * @param groups the groups that take part; empty when an organisation is named
 * @param from its start, epoch milliseconds, inclusive
 * @param to its end, epoch milliseconds, exclusive
 * @param targetGmv minor units; null when not stated
 * @param targetOrders null when not stated
 * @param compareTo id of the campaign to compare with
 */
public record Campaign(
        String id,
        String name,
        @Nullable String org,
        List<String> groups,
        long from,
        long to,
        @Nullable Long targetGmv,
        @Nullable Long targetOrders,
        @Nullable String compareTo) {
    public Campaign {
        groups = List.copyOf(groups);
    }
}
