package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldsTest {
    private static final long T0 = 1_790_000_040_000L;

    @Test
    void itemsOfEveryList_haveTheNamesAskedForAlone(@TempDir Path dir) throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of())) {
            monitor.send(
                    "PUT",
                    "/api/v1/campaigns/c",
                    "{\"name\":\"n\",\"org\":\"\",\"from\":" + T0 + ",\"to\":" + (T0 + 60_000) + "}");
            monitor.events("{\"id\":\"e\",\"type\":\"order.paid\",\"ts\":" + T0 + ",\"group\":\"g\",\"member\":\"m\","
                    + "\"order\":\"o\",\"amount\":100,\"item\":\"tea\"}");

            assertItem(monitor, "/api/v1/groups?fields=group,windows.5m.gmvPaid", "group", "windows");
            assertItem(monitor, "/api/v1/history?fields=ts,gmvPaid", "ts", "gmvPaid");
            assertItem(monitor, "/api/v1/orders?fields=order,amount", "order", "amount");
            assertItem(monitor, "/api/v1/boards/items?window=5m&fields=item,gmvPaid", "item", "gmvPaid");
            assertItem(monitor, "/api/v1/campaigns?fields=elapsed.value", "elapsed");
            assertItem(monitor, "/api/v1/sources?fields=source,beauty", "source");
            assertItem(monitor, "/api/v1/slots?fields=slot", "slot");
            JsonObject group = monitor.get("/api/v1/groups?fields=windows.5m.gmvPaid,windows.1m.active,windows.5m.x.y")
                    .getJsonArray("items")
                    .getJsonObject(0);
            assertThat(group.encode()).isEqualTo("{\"windows\":{\"5m\":{\"gmvPaid\":100},\"1m\":{\"active\":1}}}");
        }
    }

    @Test
    void fieldsGivenTwice_areRefused_andSoIsALimitBesideThem(@TempDir Path dir) throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(dir, Map.of())) {
            for (String path : new String[] {"fields=ts&fields=ts", "fields=ts&limit=0", "fields=ts&colour=red"}) {
                assertThat(monitor.exchange("GET", "/api/v1/orders?" + path, "").statusCode())
                        .as(path)
                        .isEqualTo(400);
            }
            assertThat(monitor.exchange("GET", "/api/v1/people?fields=dau", "").statusCode())
                    .isEqualTo(400);
        }
    }

    private static void assertItem(MonitorInProcess monitor, String path, String... names) throws Exception {
        JsonObject answer = monitor.get(path);
        assertThat(answer.containsKey("asOf")).isTrue();
        assertThat(answer.getJsonArray("items").getJsonObject(0).fieldNames())
                .as(path)
                .containsExactlyInAnyOrder(names);
    }
}
