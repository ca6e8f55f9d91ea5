package io.grouppulse.bus;

import io.grouppulse.domain.event.GroupEvent;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One drop of the order rain.
 *
 * @param ts when the event that made the order paid happened
 * @param amount minor units, {@link GroupEvent#NO_AMOUNT} when unpriced
 */
public record PaidOrder(
        long ts,
        String group,
        String source,
        String order,
        @Nullable String member,
        long amount,
        @Nullable String item,
        @Nullable String share,
        @Nullable String channel) {

    /** By time; orders of one time stand by their names, so that the same orders always stand the same. */
    public static final Comparator<PaidOrder> NEWEST_FIRST = Comparator.comparingLong(PaidOrder::ts)
            .reversed()
            .thenComparing(PaidOrder::group)
            .thenComparing(PaidOrder::source)
            .thenComparing(PaidOrder::order);

    public static PaidOrder of(GroupEvent event) {
        return of(event, event.group());
    }

    /** As a drop of the rain of the group that the order was attributed to, or of none, the empty text. */
    public static PaidOrder of(GroupEvent event, String group) {
        return new PaidOrder(
                event.ts(),
                group,
                event.source(),
                Objects.requireNonNull(event.order()),
                event.member(),
                event.amount(),
                event.item(),
                event.share(),
                event.channel());
    }
}
