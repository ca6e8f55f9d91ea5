package io.grouppulse.publish;

import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.event.GroupEvent;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A paid order as JSON, with its ids masked. */
public final class OrderJson {
    private OrderJson() {}

    public static JsonObject order(RainDrop drop) {
        PaidOrder order = drop.order();
        return new JsonObject()
                .put("ts", order.ts())
                .put("group", order.group().isEmpty() ? null : order.group())
                .put("name", drop.name())
                .put("org", drop.orgs().isEmpty() ? null : drop.orgs().get(0))
                .put("order", masked(order.order()))
                .put("member", masked(order.member()))
                .put("amount", order.amount() == GroupEvent.NO_AMOUNT ? null : order.amount())
                .put("item", order.item())
                .put("share", order.share())
                .put("channel", order.channel());
    }

    /** First and last character of an id. */
    static @Nullable String masked(@Nullable String id) {
        if (id == null) {
            return null;
        }
        int[] points = id.codePoints().toArray();
        return points.length <= 2
                ? "***"
                : Character.toString(points[0]) + "***" + Character.toString(points[points.length - 1]);
    }
}
