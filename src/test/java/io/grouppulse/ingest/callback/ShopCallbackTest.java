package io.grouppulse.ingest.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shops' doors of a running monitor. */
class ShopCallbackTest {
    private static final long NOW = 1_795_399_200_000L;

    private static MonitorInProcess monitor;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(
                dir,
                Map.ofEntries(
                        Map.entry("sources.youzan.yz.client_id", "client"),
                        Map.entry("sources.youzan.yz.client_secret", "hush"),
                        Map.entry("sources.shop.own.signature", "token"),
                        Map.entry("sources.shop.own.secret", "hush"),
                        Map.entry("sources.shop.own.header", "X-Token"),
                        Map.entry("sources.shop.own.type", "/event"),
                        Map.entry("sources.shop.own.types", "paid=order.paid, closed=order.cancelled"),
                        Map.entry("sources.shop.own.amount_unit", "major"),
                        Map.entry("sources.shop.own.thanks", "OK"),
                        Map.entry("sources.shop.own.map.order", "/order/no"),
                        Map.entry("sources.shop.own.map.member", "/order/buyer"),
                        Map.entry("sources.shop.own.map.ts", "/at"),
                        Map.entry("sources.shop.own.map.group", "/order/chat"),
                        Map.entry("sources.shop.own.map.amount", "/order/total")));
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @Test
    void mappedShop_countsInItsGroup_andWhatBreaksARuleIsKeptAsAReject() throws Exception {
        String paid = "{\"event\":\"paid\",\"at\":" + NOW
                + ",\"order\":{\"no\":\"A1\",\"buyer\":\"m1\",\"chat\":\"g1\",\"total\":12.3}}";
        assertThat(post("own", "hush", paid).body()).isEqualTo("OK");
        assertThat(post("own", "hush", paid).body()).isEqualTo("OK");
        assertThat(post("own", "hush", "{\"event\":\"paid\",\"at\":" + NOW + ",\"order\":{\"no\":\"A2\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("own", "hush", "{\"event\":\"shipped\"}").statusCode()).isEqualTo(200);
        assertThat(post("own", "wrong", paid).statusCode()).isEqualTo(403);
        assertThat(post("own", "hush", "[").statusCode()).isEqualTo(400);
        settle();

        JsonObject today = monitor.get("/api/v1/groups/g1").getJsonObject("today");
        assertThat(today.getLong("gmvPaid")).isEqualTo(1_230);
        assertThat(today.getLong("ordersPaid")).isEqualTo(1);
        assertThat(monitor.get("/api/v1/rejects").encode()).contains("order.paid needs member", "\"source\":\"own\"");
        assertThat(monitor.exchange("GET", "/metrics", "").body())
                .contains(
                        "grouppulse_callbacks_total{result=\"ignored\",source=\"own\"} 1",
                        "grouppulse_callbacks_refused_total{reason=\"bad_signature\",source=\"own\"} 1",
                        "grouppulse_callbacks_refused_total{reason=\"malformed\",source=\"own\"} 1");
    }

    @Test
    void youzanPayment_toldTwice_isOneOrder_attributedToNoGroup() throws Exception {
        for (String type : new String[] {"trade_TradePaid", "trade_TradeBuyerPay"}) {
            HttpResponse<String> answer = post("yz", "", youzan(type));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"code\":0,\"msg\":\"success\"}");
        }
        settle();

        JsonObject source = monitor.get("/api/v1/sources").getJsonArray("items").stream()
                .map(item -> (JsonObject) item)
                .filter(item -> item.getString("source").equals("yz"))
                .findFirst()
                .orElseThrow();
        assertThat(source.getLong("applied")).isEqualTo(1);
        assertThat(source.getLong("duplicates")).isEqualTo(1);
    }

    /** As a library names it that was not told another: Vert.x would read it as a form, and refuse a field of this length. */
    @Test
    void longJson_calledAForm_isReadAsItStands() throws Exception {
        String paid = "{\"event\":\"paid\",\"at\":" + NOW + ",\"note\":\"" + "a".repeat(20_000)
                + "\",\"order\":{\"no\":\"F1\",\"buyer\":\"m1\",\"chat\":\"of-forms\",\"total\":1}}";
        assertThat(post("own", "hush", paid, "application/x-www-form-urlencoded")
                        .body())
                .isEqualTo("OK");
        assertThat(post("own", "hush", paid.replace("F1", "F2"), "multipart/form-data; boundary=x")
                        .body())
                .isEqualTo("OK");
        settle();

        assertThat(monitor.get("/api/v1/groups/of-forms").getJsonObject("today").getLong("ordersPaid"))
                .isEqualTo(2);
    }

    /** An event behind the others in each shard: once it is applied, so are they. */
    private static void settle() throws Exception {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            events.append("{\"id\":\"s" + i + "\",\"type\":\"message.sent\",\"ts\":" + NOW + ",\"group\":\"s" + i
                    + "\",\"member\":\"m\"}\n");
        }
        monitor.events(events.toString());
    }

    private static String youzan(String type) throws Exception {
        String message = URLEncoder.encode(
                "{\"full_order_info\":{\"order_info\":{\"tid\":\"E1\",\"pay_time\":\"2026-11-23 10:00:00\"},"
                        + "\"buyer_info\":{\"yz_open_id\":\"y1\"},\"pay_info\":{\"payment\":\"5.00\"}}}",
                UTF_8);
        byte[] sign = MessageDigest.getInstance("MD5").digest(("client" + message + "hush").getBytes(UTF_8));
        return new JsonObject()
                .put("type", type)
                .put("client_id", "client")
                .put("msg", message)
                .put("sign", HexFormat.of().formatHex(sign))
                .encode();
    }

    private static HttpResponse<String> post(String source, String token, String body) throws Exception {
        return post(source, token, body, "application/json");
    }

    private static HttpResponse<String> post(String source, String token, String body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + monitor.port() + "/callbacks/shop/" + source))
                .header("X-Token", token)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
