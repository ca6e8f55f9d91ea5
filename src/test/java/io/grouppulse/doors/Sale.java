package io.grouppulse.doors;

import io.vertx.core.json.JsonObject;
import java.util.Random;

/** Events of a small sale, one a line: the same seed gives the same events; each paid order has an amount of its own. */
final class Sale {
    /** 10:00 on a Monday in Shanghai. */
    static final long START = 1_795_399_200_000L;

    private static final String[] TYPES = {
        "message.sent",
        "message.sent",
        "share.opened",
        "product.viewed",
        "cart.added",
        "reaction.added",
        "member.joined",
        "member.left",
        "order.created",
        "order.paid",
        "order.paid"
    };

    private final Random random;
    private final int groups;
    private long now = START;
    private int events;
    private int paid;

    Sale(long seed, int groups) {
        this.random = new Random(seed);
        this.groups = groups;
    }

    /** Orders paid so far; their amounts are 1 to this number, in this order. */
    int paid() {
        return paid;
    }

    /** The newest event time. */
    long now() {
        return now;
    }

    /** The next so many events, each at most {@code step} millis after the one before. */
    String next(int count, int step) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            now += step == 0 ? 0 : 1 + random.nextInt(step);
            lines.append(event(TYPES[random.nextInt(TYPES.length)]).encode()).append('\n');
        }
        return lines.toString();
    }

    /** One message in each group. */
    String everyGroup() {
        StringBuilder lines = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            lines.append(event("message.sent").put("group", "g" + group).encode())
                    .append('\n');
        }
        return lines.toString();
    }

    private JsonObject event(String type) {
        events++;
        JsonObject event = new JsonObject()
                .put("id", "e" + events)
                .put("type", type)
                .put("ts", now)
                .put("source", "till-" + random.nextInt(3))
                .put("group", "g" + random.nextInt(groups))
                .put("member", "m" + random.nextInt(50));
        if (type.startsWith("order.")) {
            event.put("order", "o" + events).put("channel", "group_share");
        }
        if (type.equals("order.paid")) {
            paid++;
            event.put("amount", paid);
            if (random.nextInt(20) == 0) {
                event.remove("group");
            }
        }
        return event;
    }
}
