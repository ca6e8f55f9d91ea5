package io.grouppulse.domain.people;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How memberships grew in a stretch of time, and what gifts brought, summed over groups.
 *
 * @param before members when the stretch began; {@code after} those when it ended
 * @param claimants customers who claimed a coupon or a red packet in it
 * @param buyers those of them with a paid order at or after a claim
 */
public record Growth(long before, long after, long claimants, long buyers) {
    public static final Growth NONE = new Growth(0, 0, 0, 0);

    public Growth plus(Growth other) {
        return new Growth(
                before + other.before, after + other.after, claimants + other.claimants, buyers + other.buyers);
    }

    /** Millis until members have doubled at the pace of a stretch that was so long; -1 if they did not grow. */
    public long doublingTime(long length) {
        return before <= 0 || after <= before
                ? -1
                : Math.round(length * Math.log(2) / Math.log((double) after / before));
    }

    /**
     * Reads one group.
     *
     * @param from epoch millis; {@code to} exclusive
     * @param sales all its paid orders since {@code from}
     */
    public static Growth of(PastSignal past, List<PaidSale> sales, long from, long to) {
        Map<Integer, Long> firstClaims = new HashMap<>();
        past.forEach(from, to, (type, ts, member, trait) -> {
            if (type == EventType.COUPON_CLAIMED || type == EventType.REDPACKET_CLAIMED) {
                firstClaims.merge(member, ts, Math::min);
            }
        });
        long buyers = sales.stream()
                .filter(sale -> sale.customer() && sale.ts() >= firstClaims.getOrDefault(sale.member(), Long.MAX_VALUE))
                .map(PaidSale::member)
                .distinct()
                .count();
        return new Growth(
                past.membersAt(from - 1).cardinality(),
                past.membersAt(to - 1).cardinality(),
                firstClaims.size(),
                buyers);
    }
}
