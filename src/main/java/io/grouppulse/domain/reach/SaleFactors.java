package io.grouppulse.domain.reach;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastSignal;
import java.util.BitSet;
import java.util.List;

/**
 * What the money of a sale is made of, summed over groups.
 *
 * @param exposed members at its end, or at T
 * @param opened customers with a touch in it; {@code carted} with a cart, {@code ordered} with an order created or paid
 * @param buyers distinct members who paid in it
 * @param orders paid in it; {@code gmv} their money in minor units
 */
public record SaleFactors(long exposed, long opened, long carted, long ordered, long buyers, long orders, long gmv) {
    /** Nobody was there. */
    public static final SaleFactors NONE = new SaleFactors(0, 0, 0, 0, 0, 0, 0);

    public SaleFactors plus(SaleFactors other) {
        return new SaleFactors(
                exposed + other.exposed,
                opened + other.opened,
                carted + other.carted,
                ordered + other.ordered,
                buyers + other.buyers,
                orders + other.orders,
                gmv + other.gmv);
    }

    /**
     * Reads one group.
     *
     * @param members how many were in at the end
     * @param from epoch millis; {@code to} exclusive
     * @param sales its orders paid in that time
     */
    public static SaleFactors of(PastSignal past, long members, long from, long to, List<PaidSale> sales) {
        BitSet opened = new BitSet();
        BitSet carted = new BitSet();
        BitSet ordered = new BitSet();
        past.forEach(from, to, (type, ts, member, trait) -> {
            if (type.isTouch()) {
                opened.set(member);
            } else if (type == EventType.CART_ADDED) {
                carted.set(member);
            } else if (type == EventType.ORDER_CREATED || type == EventType.ORDER_PAID) {
                ordered.set(member);
            }
        });
        return new SaleFactors(
                members,
                opened.cardinality(),
                carted.cardinality(),
                ordered.cardinality(),
                sales.stream().map(PaidSale::member).distinct().count(),
                sales.size(),
                sales.stream().mapToLong(PaidSale::money).sum());
    }
}
