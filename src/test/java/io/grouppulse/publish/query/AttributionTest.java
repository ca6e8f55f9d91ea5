package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that name no group, from the request to the numbers, with touches in several groups. */
class AttributionTest {
    private static final long T0 = 1_790_000_000_000L;
    private static final long MINUTE = 60_000;

    private Path dir;
    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        dir = data;
        monitor = MonitorInProcess.start(dir, Map.of());
        monitor.send("PUT", "/api/v1/groups/g1", "{\"orgs\":[\"bbg\"]}");
        monitor.send("PUT", "/api/v1/groups/g2", "{\"orgs\":[\"retail\"]}");
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void orderWithoutAGroup_countsInTheOnlyGroupInWhichItsMemberWasTouched() throws Exception {
        JsonObject receipt = monitor.events(view("g1", "m1", T0) + paid("m1", "o1", T0 + MINUTE, 700));

        assertThat(receipt.getInteger("accepted")).isEqualTo(2);
        assertThat(receipt.getInteger("duplicates")).isZero();
        JsonObject group = monitor.get("/api/v1/groups/g1");
        assertThat(group.getJsonObject("windows").getJsonObject("5m").getInteger("ordersPaid"))
                .isEqualTo(1);
        assertThat(group.getJsonObject("today").getInteger("buyers")).isEqualTo(1);
        assertThat(group.getJsonObject("today").getJsonObject("conversion").getInteger("num"))
                .isEqualTo(1);
        assertThat(group.getJsonObject("total").getInteger("events")).isEqualTo(1);
        assertThat(monitor.get("/api/v1/orgs/bbg").getJsonObject("total").getInteger("gmvPaid"))
                .isEqualTo(700);
        assertThat(monitor.exchange("GET", "/api/v1/ledger?scope=group:g1", "").body())
                .contains("\"o1\"");
        JsonArray orders = monitor.get("/api/v1/orders").getJsonArray("items");
        assertThat(orders).hasSize(1);
        assertThat(orders.getJsonObject(0).getString("group")).isEqualTo("g1");
        assertParts(1, 0, 0);
    }

    @Test
    void lateTouchInASecondGroup_makesTheOrderAmbiguous_andTheFirstTakesItBack() throws Exception {
        monitor.events(view("g1", "m1", T0) + paid("m1", "o1", T0 + MINUTE, 700));
        monitor.events(view("g2", "m1", T0 + 1));

        JsonObject today = monitor.get("/api/v1/groups/g1").getJsonObject("today");
        assertThat(today.getInteger("ordersPaid")).isZero();
        assertThat(today.getInteger("gmvPaid")).isZero();
        assertThat(today.getInteger("buyers")).isZero();
        assertThat(today.getJsonObject("conversion").getInteger("num")).isZero();
        JsonArray orders = monitor.get("/api/v1/orders").getJsonArray("items");
        assertThat(orders).hasSize(1);
        assertThat(orders.getJsonObject(0).getString("group")).isNotEqualTo("g1");
        assertParts(0, 1, 0);
    }

    @Test
    void openedShareOfTheOrder_winsOverTouchesInOtherGroups() throws Exception {
        monitor.events(touch("share.opened", "g2", "m1", T0, ",\"share\":\"s1\"")
                + view("g1", "m1", T0 + 60 * MINUTE)
                + order("order.paid", "m1", "o1", T0 + 61 * MINUTE, ",\"amount\":5,\"share\":\"s1\""));

        assertThat(paidOf("g2")).isEqualTo(1);
        assertThat(paidOf("g1")).isZero();
        assertParts(1, 0, 0);
    }

    @Test
    void orderNamedByAnotherOfItsEvents_countsOnceInThatGroup() throws Exception {
        monitor.events(view("g1", "m1", T0)
                + order("order.created", "m1", "o1", T0 + MINUTE, ",\"amount\":5")
                + order("order.paid", "m1", "o1", T0 + 2 * MINUTE, ",\"amount\":5,\"group\":\"g2\""));

        JsonObject total = monitor.get("/api/v1/groups/g2").getJsonObject("total");
        assertThat(total.getInteger("ordersCreated")).isEqualTo(1);
        assertThat(total.getInteger("ordersPaid")).isEqualTo(1);
        assertThat(monitor.get("/api/v1/groups/g1").getJsonObject("total").getInteger("ordersCreated"))
                .isZero();
        JsonObject all =
                monitor.get("/api/v1/orgs").getJsonObject("attribution").getJsonObject("all");
        assertThat(all.getInteger("ordersCreated")).isZero();
    }

    @Test
    void paidOrderNamedByALaterEvent_countsOnceInThatGroup_andInNoPart() throws Exception {
        for (String naming : new String[] {"order.paid", "order.refunded"}) {
            String member = naming.substring(6);
            monitor.events(view("g1", member, T0) + paid(member, naming, T0 + MINUTE, 700));
            monitor.events(order(naming, member, naming, T0 + 5 * MINUTE, ",\"amount\":5,\"group\":\"g2\""));
        }

        assertParts(0, 0, 0);
        JsonObject g1 = monitor.get("/api/v1/groups/g1").getJsonObject("today");
        assertThat(g1.getInteger("ordersPaid")).isZero();
        assertThat(g1.getInteger("interactions")).isEqualTo(2);
        JsonObject g2 = monitor.get("/api/v1/groups/g2");
        assertThat(g2.getInteger("members")).isEqualTo(2);
        assertThat(g2.getJsonObject("today").getInteger("ordersPaid")).isEqualTo(2);
        assertThat(g2.getJsonObject("today").getInteger("gmvPaid")).isEqualTo(1_400);
        assertThat(g2.getJsonObject("today").getInteger("refunds")).isEqualTo(5);
        assertThat(g2.getJsonObject("today").getInteger("interactions")).isEqualTo(3);
    }

    @Test
    void attributedOrder_isAnInteractionInItsGroup_untilItIsTakenBack() throws Exception {
        monitor.events(view("g1", "m1", T0) + paid("m1", "o1", T0 + MINUTE, 700));

        JsonObject group = monitor.get("/api/v1/groups/g1");
        assertThat(group.getJsonObject("today").getInteger("interactions")).isEqualTo(2);
        assertThat(group.getJsonObject("silence").getLong("since")).isEqualTo(T0 + MINUTE);

        monitor.events(view("g2", "m1", T0 + 1));

        group = monitor.get("/api/v1/groups/g1");
        assertThat(group.getJsonObject("today").getInteger("interactions")).isEqualTo(1);
        assertThat(group.getJsonObject("silence").getLong("since")).isEqualTo(T0);
    }

    @Test
    void memberWithNamedAndAttributedOrders_isOneBuyer() throws Exception {
        monitor.events(view("g1", "m1", T0)
                + paid("m1", "o1", T0 + MINUTE, 700)
                + order("order.paid", "m1", "o2", T0 + MINUTE, ",\"amount\":5,\"group\":\"g1\""));

        JsonObject today = monitor.get("/api/v1/groups/g1").getJsonObject("today");
        assertThat(today.getInteger("ordersPaid")).isEqualTo(2);
        assertThat(today.getInteger("buyers")).isEqualTo(1);
    }

    @Test
    void attribution_afterARestart_isTheSame_andStillChanges() throws Exception {
        monitor.events(view("g1", "m1", T0) + paid("m1", "o1", T0 + MINUTE, 700) + paid("m2", "o2", T0, 1));
        assertParts(1, 0, 1);
        JsonObject before = monitor.get("/api/v1/orgs").getJsonObject("attribution");
        monitor.close();
        monitor = MonitorInProcess.start(dir, Map.of());
        monitor.events(view("g1", "m3", T0 + MINUTE));

        assertThat(monitor.get("/api/v1/orgs").getJsonObject("attribution")).isEqualTo(before);
        assertThat(paidOf("g1")).isEqualTo(1);

        monitor.events(view("g2", "m2", T0) + view("g2", "m1", T0));

        assertThat(paidOf("g1")).isZero();
        assertThat(paidOf("g2")).isEqualTo(1);
        assertParts(1, 1, 0);
    }

    @Test
    void ordersSentTwice_countOnce() throws Exception {
        String body = view("g1", "m1", T0) + paid("m1", "o1", T0 + MINUTE, 700) + paid("m9", "o9", T0, 3);
        monitor.events(body);
        JsonObject again = monitor.events(body);

        assertThat(again.getInteger("duplicates")).isEqualTo(3);
        assertParts(1, 0, 1);
        assertThat(paidOf("g1")).isEqualTo(1);
        JsonObject source = monitor.get("/api/v1/sources").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("source").equals("api"))
                .findFirst()
                .orElseThrow();
        assertThat(source.getInteger("accepted")).isEqualTo(6);
        assertThat(source.getInteger("applied")).isEqualTo(3);
        assertThat(source.getInteger("duplicates")).isEqualTo(3);
    }

    private long paidOf(String group) throws Exception {
        return monitor.get("/api/v1/groups/" + group).getJsonObject("total").getLong("ordersPaid");
    }

    private void assertParts(int attributed, int ambiguous, int unattributed) throws Exception {
        JsonObject root = monitor.get("/api/v1/orgs");
        JsonObject parts = root.getJsonObject("attribution");
        assertThat(parts.getJsonObject("attributed").getInteger("ordersPaid")).isEqualTo(attributed);
        assertThat(parts.getJsonObject("ambiguous").getInteger("ordersPaid")).isEqualTo(ambiguous);
        assertThat(parts.getJsonObject("unattributed").getInteger("ordersPaid")).isEqualTo(unattributed);
        assertThat(parts.getJsonObject("all").getInteger("ordersPaid"))
                .isEqualTo(attributed + ambiguous + unattributed);
        assertThat(root.getJsonObject("ambiguous").getInteger("ordersPaid")).isEqualTo(ambiguous);
        assertThat(root.getJsonObject("unattributed").getInteger("ordersPaid")).isEqualTo(unattributed);
    }

    private String view(String group, String member, long ts) {
        return touch("product.viewed", group, member, ts, "");
    }

    private String touch(String type, String group, String member, long ts, String more) {
        return "{\"id\":\"t" + next++ + "\",\"type\":\"" + type + "\",\"ts\":" + ts + ",\"group\":\"" + group
                + "\",\"member\":\"" + member + "\"" + more + "}\n";
    }

    private String paid(String member, String order, long ts, long amount) {
        return order("order.paid", member, order, ts, ",\"amount\":" + amount);
    }

    private String order(String type, String member, String order, long ts, String more) {
        return "{\"id\":\"o" + next++ + "\",\"type\":\"" + type + "\",\"ts\":" + ts + ",\"member\":\"" + member
                + "\",\"order\":\"" + order + "\"" + more + "}\n";
    }
}
