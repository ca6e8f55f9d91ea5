package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerAndBoardTest {
    private static final long T0 = 1_790_000_040_000L;
    private static final List<String> SUMMED =
            List.of("ordersCreated", "ordersPaid", "gmvCreated", "gmvPaid", "refunds", "gmvNet", "unpriced", "unpaid");

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        for (String group : new String[] {"g1", "g2", "g3"}) {
            monitor.send("PUT", "/api/v1/groups/" + group, "{\"orgs\":[\"bbg/" + group + "\"]}");
        }
        monitor.events(order(
                        "paid", "g1", "m1", "o1", T0 + 1_000, ",\"amount\":100,\"item\":\"tea\",\"channel\":\"sms\"")
                + order("created", "g1", "m1", "o1", T0 - 60_000, ",\"amount\":90")
                + order("paid", "g2", "m1", "o2", T0 + 2_000, ",\"amount\":300,\"item\":\"tea\",\"share\":\"s1\"")
                + order("refunded", "g2", "m1", "o2", T0 + 3_000, ",\"amount\":50")
                + order("paid", "g2", "m1", "o3", T0 + 4_000, ",\"item\":\"rice\"")
                + order("created", "g3", "m3", "o4", T0 + 5_000, ",\"amount\":70")
                + order("paid", "g3", "m4", "o5", T0 + 130_000, ",\"amount\":500"));
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void ledger_sumsToTheHistoryOfItsStretch() throws Exception {
        for (String scope : List.of("org:", "org:bbg/g2", "group:g1")) {
            for (long[] stretch : new long[][] {{T0 - 120_000, T0 + 180_000}, {T0, T0 + 60_000}}) {
                String query = "scope=" + scope + "&from=" + stretch[0] + "&to=" + stretch[1];
                JsonArray minutes = monitor.get("/api/v1/history?measures=" + String.join(",", SUMMED) + "&" + query)
                        .getJsonArray("items");
                for (String measure : SUMMED) {
                    assertThat(sum(ledger(query), measure)).as(query + measure).isEqualTo(sum(minutes, measure));
                }
            }
        }
    }

    @Test
    void ledger_tellsEachOrderWithWhatItAdds() throws Exception {
        JsonArray lines = ledger("scope=org:bbg&from=" + T0 + "&to=" + (T0 + 60_000));

        assertThat(lines.stream().map(line -> ((JsonObject) line).getString("order")))
                .containsExactly("o1", "o2", "o3", "o4");
        JsonObject first = lines.getJsonObject(0);
        assertThat(first.getLong("createdAt")).isEqualTo(T0 - 60_000);
        assertThat(first.getLong("ordersCreated")).isZero();
        assertThat(first.getLong("gmvPaid")).isEqualTo(100);
        assertThat(first.getString("member")).isEqualTo("***");
        assertThat(lines.getJsonObject(1).getLong("gmvNet")).isEqualTo(250);
        assertThat(lines.getJsonObject(2).getLong("unpriced")).isEqualTo(1);
        assertThat(lines.getJsonObject(3).getLong("unpaid")).isEqualTo(1);
        assertThat(ledger("")).hasSize(5);
        assertThat(ledger("from=5&to=6")).isEmpty();
    }

    @Test
    void items_areRankedAndSumToTheirScope() throws Exception {
        JsonObject board = monitor.get("/api/v1/boards/items?scope=org:bbg&window=5m");

        assertThat(board.getJsonArray("items").stream()
                        .map(row -> ((JsonObject) row).getInteger("rank") + " " + ((JsonObject) row).getString("item")
                                + " " + ((JsonObject) row).getLong("gmvPaid") + " "
                                + ((JsonObject) row).getLong("buyers")))
                .containsExactly("1 null 500 1", "2 tea 400 2", "3 rice 0 1");
        assertThat(board.getJsonObject("top2Share").encode()).isEqualTo("{\"num\":400,\"den\":400,\"value\":1.0}");
        assertThat(sum(board.getJsonArray("items"), "gmvNet"))
                .isEqualTo(monitor.get("/api/v1/orgs/bbg")
                        .getJsonObject("windows")
                        .getJsonObject("5m")
                        .getLong("gmvNet"));
        assertThat(monitor.get("/api/v1/boards/items?window=1m").getJsonArray("items"))
                .hasSize(1);
    }

    @Test
    void otherBoards_nameWhatTheyRank() throws Exception {
        assertThat(first("groups?by=ordersPaid&window=5m").getString("group")).isEqualTo("g2");
        assertThat(first("shares?scope=group:g2").getString("share")).isEqualTo("s1");
        assertThat(first("channels").getString("channel")).isEqualTo("unknown");
        assertThat(monitor.get("/api/v1/boards/groups?limit=2").getJsonArray("items"))
                .hasSize(2);
    }

    private JsonObject first(String query) throws Exception {
        return monitor.get("/api/v1/boards/" + query).getJsonArray("items").getJsonObject(0);
    }

    private JsonArray ledger(String query) throws Exception {
        JsonArray lines = new JsonArray();
        monitor.exchange("GET", "/api/v1/ledger?" + query, "")
                .body()
                .lines()
                .forEach(line -> lines.add(new JsonObject(line)));
        return lines;
    }

    private static long sum(JsonArray items, String measure) {
        return items.stream()
                .mapToLong(item -> ((JsonObject) item).getLong(measure))
                .sum();
    }

    private String order(String transition, String group, String member, String order, long ts, String more) {
        return "{\"id\":\"e" + next++ + "\",\"type\":\"order." + transition + "\",\"group\":\"" + group
                + "\",\"member\":\"" + member + "\",\"order\":\"" + order + "\",\"ts\":" + ts + more + "}\n";
    }
}
