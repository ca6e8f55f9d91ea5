package io.grouppulse.publish;

import io.grouppulse.testing.MonitorInProcess;
import java.io.IOException;

/** Three groups with a bit of everything: chat, shares, touches, orders, refunds, a campaign and rain. */
final class LiveSale {
    static final long T0 = 1_790_000_000_000L;

    private LiveSale() {}

    static void play(MonitorInProcess monitor) throws IOException, InterruptedException {
        for (String group : new String[] {"g1", "g2", "g3"}) {
            monitor.send(
                    "PUT",
                    "/api/v1/groups/" + group,
                    "{\"name\":\"群" + group + "\",\"orgs\":[\"bbg/hunan\"],\"capacity\":500,\"owner\":\"li\"}");
        }
        monitor.send(
                "PUT",
                "/api/v1/campaigns/c1",
                "{\"name\":\"双十一\",\"org\":\"bbg\",\"from\":" + T0 + ",\"to\":" + (T0 + 3_600_000)
                        + ",\"targets\":{\"gmv\":100000,\"orders\":100},\"compareTo\":\"c0\"}");
        monitor.send(
                "PUT",
                "/api/v1/campaigns/c0",
                "{\"name\":\"十月\",\"groups\":[\"g1\",\"g2\"],\"from\":" + (T0 - 7_200_000) + ",\"to\":"
                        + (T0 - 3_600_000) + "}");
        StringBuilder events = new StringBuilder();
        add(events, "share.posted", "g1", T0 + 590_000, ",\"share\":\"s1\"");
        for (int i = 0; i < 60; i++) {
            String group = "g" + (1 + i % 3);
            String member = ",\"member\":\"m" + i % 17 + "\"";
            String order = member + ",\"order\":\"o" + i + "\"";
            long ts = T0 + 600_000 + i * 500L;
            add(events, "message.sent", group, ts, member);
            add(events, "product.viewed", group, ts, member + ",\"item\":\"i1\"");
            add(events, "order.created", group, ts + 1, order + ",\"amount\":" + (1_000 + i));
            add(events, i % 4 == 3 ? "cart.added" : "order.paid", group, ts + 2, order + ",\"amount\":" + (1_000 + i));
        }
        add(events, "order.refunded", "g1", T0 + 630_000, ",\"member\":\"m0\",\"order\":\"o0\",\"amount\":100");
        add(events, "member.joined", "g2", T0 + 630_000, ",\"member\":\"new\",\"channel\":\"sms\",\"inviter\":\"m1\"");
        add(events, "member.left", "g3", T0 + 630_500, ",\"member\":\"m2\",\"reason\":\"self\"");
        monitor.events(events.toString());
    }

    private static void add(StringBuilder events, String type, String group, long ts, String more) {
        events.append("{\"id\":\"e")
                .append(events.length())
                .append("\",\"type\":\"")
                .append(type)
                .append("\",\"group\":\"")
                .append(group)
                .append("\",\"ts\":")
                .append(ts)
                .append(more)
                .append("}\n");
    }
}
