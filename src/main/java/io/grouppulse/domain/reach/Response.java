package io.grouppulse.domain.reach;

import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastSignal;
import java.util.BitSet;
import java.util.List;

/**
 * How active a group was in a stretch of time.
 *
 * @param interactions of customers
 * @param active distinct customers with one
 * @param orders paid orders; {@code gmv} their money in minor units
 */
public record Response(long interactions, long active, long orders, long gmv) {
    /**
     * Reads a stretch.
     *
     * @param sales paid orders of the group, among others those of the stretch
     */
    public static Response of(PastSignal past, List<PaidSale> sales, long from, long to) {
        long[] interactions = {0};
        BitSet active = new BitSet();
        past.forEach(from, to, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                interactions[0]++;
                active.set(member);
            }
        });
        List<PaidSale> paid = sales.stream()
                .filter(sale -> sale.ts() >= from && sale.ts() < to)
                .toList();
        return new Response(
                interactions[0],
                active.cardinality(),
                paid.size(),
                paid.stream().mapToLong(PaidSale::money).sum());
    }
}
