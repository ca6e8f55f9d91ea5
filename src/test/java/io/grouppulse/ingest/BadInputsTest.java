package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.ingest.BadEvents.Bad;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The classes of bad input, sent through each door that takes events of a running monitor: each is refused by its code, can be
 * read back, counts nothing and harms nothing beside it.
 */
class BadInputsTest {
    private static final long T = System.currentTimeMillis() - 60_000;
    private static final List<Bad> EVENTS = BadEvents.all(T);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RedisServer redis;
    private static MonitorInProcess monitor;
    private static int ids;
    private static int good;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        redis = RedisServer.start(dir.resolve("redis"));
        monitor = MonitorInProcess.start(
                dir.resolve("data"),
                Map.ofEntries(
                        Map.entry("clock", "system"),
                        Map.entry("sources.redis.stream.url", redis.address()),
                        Map.entry("sources.redis.stream.stream", "events"),
                        Map.entry("sources.shop.own.signature", "token"),
                        Map.entry("sources.shop.own.secret", "hush"),
                        Map.entry("sources.shop.own.header", "X-Token"),
                        Map.entry("sources.shop.own.type", "/event"),
                        Map.entry("sources.shop.own.types", "paid=order.paid"),
                        Map.entry("sources.shop.own.amount_unit", "major"),
                        Map.entry("sources.shop.own.map.order", "/no"),
                        Map.entry("sources.shop.own.map.member", "/buyer"),
                        Map.entry("sources.shop.own.map.ts", "/at"),
                        Map.entry("sources.shop.own.map.group", "/chat"),
                        Map.entry("sources.shop.own.map.amount", "/total")));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(monitor.exchange("GET", "/api/v1/groups/bad", "").statusCode())
                    .as("nothing of what was refused is counted anywhere")
                    .isEqualTo(404);
            assertThat(window("good").getInteger("messages"))
                    .as("and all that stood beside it is")
                    .isEqualTo(good);
        } finally {
            monitor.close();
            redis.close();
        }
    }

    static List<Bad> events() {
        return EVENTS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void overHttp_isRejectedByItsCode_andItsNeighboursAreTaken(Bad bad) throws Exception {
        JsonObject answer = new JsonObject(
                post("/api/v1/events?wait=applied", "application/x-ndjson", join(line(), bad.bytes(), "\n" + line()))
                        .body());

        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(answer.getInteger("duplicates")).isZero();
        assertThat(answer.getInteger("rejected")).isEqualTo(1);
        JsonObject error = answer.getJsonArray("errors").getJsonObject(0);
        assertThat(error.getInteger("index")).isEqualTo(1);
        assertThat(error.getString("code")).isEqualTo(bad.code());
        assertThat(newestReject("api").getString("code")).isEqualTo(bad.code());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void asACloudEvent_isRejectedByItsCode(Bad bad) throws Exception {
        byte[] body = join("{\"specversion\":\"1.0\",\"data\":", bad.bytes(), "}");
        HttpResponse<String> answer = post("/api/v1/events", "application/cloudevents+json", body);

        assertThat(answer.statusCode()).isEqualTo(bad.code().equals("malformed_json") ? 400 : 200);
        JsonObject said = new JsonObject(answer.body());
        assertThat(said.getInteger("accepted")).isZero();
        assertThat(said.getInteger("rejected")).isEqualTo(1);
        assertThat(newestReject("api").getString("code")).isEqualTo(bad.code());
    }

    @Test
    void onARedisStream_eachIsRejectedByItsCode_andHoldsUpNothing() throws Exception {
        for (Bad bad : EVENTS) {
            xadd(bad.bytes());
        }
        xadd(event().getBytes(UTF_8));

        assertThat(Deadline.in(LIMIT).until(() -> rejects("stream").size() == EVENTS.size()))
                .isTrue();
        List<String> codes = new ArrayList<>();
        rejects("stream").forEach(reject -> codes.add(0, ((JsonObject) reject).getString("code")));
        assertThat(codes).isEqualTo(EVENTS.stream().map(Bad::code).toList());
        assertThat(Deadline.in(LIMIT)
                        .until(() -> redis.command("XPENDING", "events", "grouppulse")
                                .startsWith("*4\r\n:0")))
                .as("all are acknowledged")
                .isTrue();
        assertThat(Deadline.in(LIMIT)
                        .until(() -> monitor.exchange("GET", "/api/v1/groups/good", "")
                                                .statusCode()
                                        == 200
                                && window("good").getInteger("messages") == good))
                .as("the sound one behind them is counted")
                .isTrue();
    }

    private static Arguments callback(String kind, int status, String code, String document) {
        return Arguments.of(kind, status, code, document.getBytes(UTF_8));
    }

    private static Arguments field(String kind, String code, String field, String value) {
        return callback(kind, 200, code, document(field, value));
    }

    private static String document(String field, String value) {
        String json = "{\"event\":\"paid\",\"at\":" + T
                + ",\"no\":\"bad\",\"buyer\":\"bad\",\"chat\":\"bad\",\"total\":1.50}";
        return json.replaceFirst("\"" + field + "\":[^,}]+", "\"" + field + "\":" + value.replace("\\", "\\\\"));
    }

    static Stream<Arguments> callbacks() {
        String sound = document("no", "\"秒\"");
        Stream<Arguments> fields = Stream.of("no", "buyer", "chat")
                .flatMap(field -> Stream.of(
                                "true", "1.5", "1e999", "[\"a\"]", "{\"a\":1}", "\"a\\u0000\"", "\"\\ud800\"")
                        .map(value -> field("wrong: " + field + " " + value, "bad_field", field, value)));
        Stream<Arguments> totals = Stream.of(
                        "-1",
                        "1e999",
                        "92233720368547758.08",
                        "1.000000000000000000000000000001",
                        "0.30000000000000001",
                        "1.505",
                        "\"a\"",
                        "true",
                        "{}")
                .map(value -> field("total " + value, "bad_field", "total", value));
        Stream<Arguments> truncated = Stream.iterate(1, length -> length < sound.length(), length -> length + 1)
                .map(length -> callback(
                        "truncated at character " + length, 400, "malformed_json", sound.substring(0, length)));
        Stream<Arguments> others = Stream.of(
                callback("not JSON", 400, "malformed_json", "hello"),
                callback("an array", 400, "malformed_json", "[" + sound + "]"),
                callback("NaN", 400, "malformed_json", document("total", "NaN")),
                Arguments.of(
                        "invalid UTF-8",
                        400,
                        "malformed_json",
                        document("no", "\"\u00e9\"").getBytes(ISO_8859_1)),
                callback("a raw NUL", 400, "malformed_json", document("no", "\"a\u0000\"")),
                callback("a field twice", 400, "malformed_json", document("no", "\"a\",\"no\":\"b\"")),
                callback(
                        "a field twice within", 400, "malformed_json", document("no", "\"a\",\"x\":{\"a\":1,\"a\":1}")),
                callback(
                        "deep nesting",
                        400,
                        "malformed_json",
                        document("no", "\"a\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000))),
                callback("1 MB", 413, "", document("no", "\"" + "a".repeat(1 << 20) + "\"")),
                field("an event too long", "malformed_json", "no", "\"" + "a".repeat(70_000) + "\""),
                field("an id too long", "bad_field", "no", "\"" + "a".repeat(129) + "\""),
                field("no id", "missing_field", "no", "\"\""),
                field("no buyer", "missing_field", "buyer", "null"),
                field("no time", "bad_field", "at", "\"soon\""),
                field("time 0", "too_old", "at", "0"),
                field("year 9999", "too_early", "at", "253402300799999"),
                field("7 days late", "too_old", "at", String.valueOf(T - 7 * 86_400_000L)),
                callback("unknown type", 200, "", document("event", "\"payed\"")),
                callback("type of the wrong kind", 200, "", document("event", "[\"paid\"]")));
        return Stream.of(fields, totals, truncated, others).flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacks")
    void inACallbackOfAShop_isRefusedByItsCode_andCanBeReadBack(String kind, int status, String code, byte[] document)
            throws Exception {
        int before = rejectedOfTheShop();
        HttpResponse<String> answer = post("/callbacks/shop/own", "application/json", document);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.body()).contains("\"code\":\"malformed\"");
        }
        if (code.isEmpty()) {
            assertThat(rejectedOfTheShop()).isEqualTo(before);
        } else {
            assertThat(newestReject("own").getString("code")).isEqualTo(code);
            assertThat(rejectedOfTheShop()).isEqualTo(before + 1);
        }
    }

    /** Nobody has proven to have said it. */
    @Test
    void inACallbackWithoutTheSecret_nothingIsKept() throws Exception {
        int before = rejectedOfTheShop();
        HttpRequest request = HttpRequest.newBuilder(at("/callbacks/shop/own"))
                .header("X-Token", "guessed")
                .POST(BodyPublishers.ofString("{"))
                .build();

        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(rejectedOfTheShop()).isEqualTo(before);
    }

    @Test
    void idsThatLookAlike_areKeptApart_andComeBackAsTheyWere() throws Exception {
        List<String> ids = List.of("alike", "al\u200bike", "\u202Ealike", "\u2066alike\u2069", "alike\u0301", "ＡＬＩＫＥ");
        StringBuilder events = new StringBuilder();
        ids.forEach(id -> events.append(event(id, "order.paid")
                        .put("order", "of-" + id)
                        .put("amount", 100)
                        .encode() + "\n"));
        assertThat(monitor.events(events.toString()).getInteger("accepted")).isEqualTo(ids.size());

        for (String id : ids) {
            JsonObject group = monitor.get("/api/v1/groups/" + URLEncoder.encode(id, UTF_8));
            assertThat(group.getString("group")).isEqualTo(id);
            assertThat(group.getJsonObject("windows").getJsonObject("30m").getInteger("ordersPaid"))
                    .isEqualTo(1);
        }
    }

    /** There is one currency, that of the shop: a field that names one is unknown, as any other is. */
    @Test
    void unknownFields_aCurrencyAmongThem_areIgnored() throws Exception {
        monitor.events(event("of-unknown", "order.paid")
                .put("order", "o")
                .put("amount", 250)
                .put("currency", "XXX")
                .put("exchange", new JsonArray().add(new JsonObject().put("rate", 7.1)))
                .encode());

        assertThat(window("of-unknown").getInteger("gmvPaid")).isEqualTo(250);
    }

    @Test
    void groupThatNobodyPutAnywhere_standsUnderUnassigned() throws Exception {
        monitor.events(event("of-nobody", "message.sent").encode());

        assertThat(monitor.get("/api/v1/groups/of-nobody").getJsonArray("orgs"))
                .isEqualTo(new JsonArray().add("unassigned"));
    }

    @Test
    void idWithAnotherBody_isADuplicate_andTheFirstCounts() throws Exception {
        JsonObject first = event("of-twins", "order.paid").put("order", "o").put("amount", 100);
        JsonObject second = first.copy().put("order", "p").put("amount", 900).put("group", "of-twins");
        monitor.events(first.encode());
        JsonObject answer = monitor.events(second.encode());

        assertThat(answer.getInteger("duplicates")).isEqualTo(1);
        assertThat(window("of-twins").getInteger("gmvPaid")).isEqualTo(100);
    }

    @Test
    void refundBeforeItsOrder_waitsForIt_andNeverExceedsIt() throws Exception {
        monitor.events(event("of-refunds", "order.refunded")
                .put("order", "o")
                .put("amount", 500)
                .encode());
        assertThat(window("of-refunds").getInteger("refunds")).isZero();
        monitor.events(event("of-refunds", "order.paid")
                .put("order", "o")
                .put("amount", 300)
                .encode());

        assertThat(window("of-refunds").getInteger("gmvPaid")).isEqualTo(300);
        assertThat(window("of-refunds").getInteger("refunds")).isEqualTo(300);
        assertThat(window("of-refunds").getInteger("gmvNet")).isZero();
    }

    @Test
    void manyEventsOfOneGroupInOneSecond_andOneOfEachOfManyGroups_allCount() throws Exception {
        StringBuilder hot = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            hot.append(event("hot", "message.sent").put("ts", T + i / 20).encode())
                    .append('\n');
        }
        assertThat(monitor.events(hot.toString()).getInteger("accepted")).isEqualTo(20_000);
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            wide.append(event("wide-" + i, "message.sent").encode()).append('\n');
        }
        assertThat(monitor.events(wide.toString()).getInteger("accepted")).isEqualTo(5_000);

        assertThat(window("hot").getInteger("messages")).isEqualTo(20_000);
        assertThat(window("wide-0").getInteger("messages")).isEqualTo(1);
        assertThat(window("wide-4999").getInteger("messages")).isEqualTo(1);
    }

    private static JsonObject event(String group, String type) {
        return new JsonObject()
                .put("id", "i" + ids++)
                .put("type", type)
                .put("ts", T)
                .put("group", group)
                .put("member", "m");
    }

    /** A sound one, which is counted. */
    private static String event() {
        good++;
        return event("good", "message.sent").encode();
    }

    private static String line() {
        return event() + "\n";
    }

    private static JsonObject window(String group) throws Exception {
        return monitor.get("/api/v1/groups/" + group).getJsonObject("windows").getJsonObject("30m");
    }

    private static List<Object> rejects(String source) throws Exception {
        return monitor.get("/api/v1/rejects?limit=1000").getJsonArray("items").stream()
                .filter(reject -> ((JsonObject) reject).getString("source").equals(source))
                .toList();
    }

    private static int rejectedOfTheShop() throws Exception {
        return monitor.get("/api/v1/sources").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(source -> source.getString("source").equals("own"))
                .mapToInt(source -> source.getInteger("rejected"))
                .sum();
    }

    private static JsonObject newestReject(String source) throws Exception {
        JsonObject reject =
                monitor.get("/api/v1/rejects?limit=1").getJsonArray("items").getJsonObject(0);
        assertThat(reject.getString("source")).isEqualTo(source);
        return reject;
    }

    private static void xadd(byte[] event) throws Exception {
        String answer = redis.command(List.of(
                "XADD".getBytes(UTF_8), "events".getBytes(UTF_8), "*".getBytes(UTF_8), "event".getBytes(UTF_8), event));
        assertThat(answer).startsWith("$");
    }

    private static HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", type)
                .header("X-Token", "hush")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + monitor.port() + path);
    }

    private static byte[] join(String before, byte[] bytes, String after) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(before.getBytes(UTF_8));
        body.writeBytes(bytes);
        body.writeBytes(after.getBytes(UTF_8));
        return body.toByteArray();
    }
}
