package io.grouppulse.publish;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.event.GroupEvent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A paid order as JSON, its ids masked unless the reader may see them. */
public final class OrderJson {
    private OrderJson() {}

    public static JsonObject order(RainDrop drop, View view) {
        List<String> orgs = view.reach().visible(drop.orgs());
        PaidOrder order = drop.order();
        return new JsonObject()
                .put("ts", order.ts())
                .put("group", order.group().isEmpty() ? null : order.group())
                .put("name", drop.name())
                .put("org", orgs.isEmpty() ? null : orgs.get(0))
                .put("order", shown(order.order(), view))
                .put("member", shown(order.member(), view))
                .put("amount", order.amount() == GroupEvent.NO_AMOUNT ? null : order.amount())
                .put("item", order.item())
                .put("share", order.share())
                .put("channel", order.channel());
    }

    static @Nullable String shown(@Nullable String id, View view) {
        return view.ids() ? id : masked(id);
    }

    /** First and last character of an id. */
    private static @Nullable String masked(@Nullable String id) {
        if (id == null) {
            return null;
        }
        int[] points = id.codePoints().toArray();
        return points.length <= 2
                ? "***"
                : Character.toString(points[0]) + "***" + Character.toString(points[points.length - 1]);
    }
}
