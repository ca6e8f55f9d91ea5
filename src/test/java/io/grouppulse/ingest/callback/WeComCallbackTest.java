package io.grouppulse.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.grouppulse.testing.WeComCaller;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WeCom's door of a running monitor, and the bridge of its message archive. */
class WeComCallbackTest {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final String PATH = "/callbacks/wecom/hq";

    private static MonitorInProcess monitor;
    private static long now;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, CALLER.settings("wecom", "hq"));
        now = System.currentTimeMillis() / 1_000;
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @Test
    void verification_answersWithThePlainText() throws Exception {
        HttpResponse<String> answer = monitor.exchange("GET", PATH + CALLER.question(now, "n1", "+/=秒杀"), "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("+/=秒杀");
    }

    @Test
    void joins_areCountedOnce_howeverOftenWeComCalls() throws Exception {
        String encrypted = CALLER.encrypt(CALLER.change("chat-1", "add_member", now, "v1", "v2", "wa", "wb"));
        for (int i = 0; i < 3; i++) {
            assertThat(post(CALLER.query(now, "n2", encrypted), CALLER.envelope(encrypted))
                            .statusCode())
                    .isEqualTo(200);
        }
        monitor.events("{\"id\":\"x\",\"type\":\"message.sent\",\"ts\":" + now * 1_000
                + ",\"group\":\"chat-1\",\"member\":\"wa\"}");

        assertThat(monitor.get("/api/v1/groups/chat-1").getInteger("members")).isEqualTo(2);
        assertThat(monitor.get("/api/v1/sources").encode()).contains("\"source\":\"hq\"");
        assertThat(monitor.exchange("GET", "/metrics", "").body())
                .contains(
                        "grouppulse_events_total{source=\"hq\",type=\"member.joined\"} 2",
                        "grouppulse_callbacks_total{result=\"taken\",source=\"hq\"} 1",
                        "grouppulse_callbacks_total{result=\"repeated\",source=\"hq\"} 2",
                        "grouppulse_roster_gaps_total{reason=\"unknown\",source=\"hq\"} 1");
    }

    @Test
    void strangers_areRefusedAndCounted() throws Exception {
        String encrypted = CALLER.encrypt("<xml/>");
        HttpResponse<String> answer =
                post("?msg_signature=00&timestamp=" + now + "&nonce=n", CALLER.envelope(encrypted));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("bad_signature").doesNotContain(CALLER.token());
        assertThat(post("", CALLER.envelope(encrypted)).statusCode()).isEqualTo(400);
        assertThat(post("?msg_signature=a", "").statusCode()).isEqualTo(400);
        assertThat(post("", "x".repeat(300_000)).statusCode()).isEqualTo(413);
        assertThat(monitor.exchange("POST", "/callbacks/wecom/nobody", "").statusCode())
                .isEqualTo(404);
        assertThat(refusals("bad_signature")).isPositive();
    }

    private static Arguments refused(String kind, int status, String code, String query, String body) {
        return Arguments.of(kind, status, code, query, body);
    }

    private static Arguments sealed(String kind, String code, String content) {
        String encrypted = CALLER.encrypt(content);
        return refused(
                kind,
                400,
                code,
                CALLER.query(seconds(), "n-" + kind.replace(' ', '-'), encrypted),
                CALLER.envelope(encrypted));
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1_000;
    }

    static Stream<Arguments> hostileCallbacks() {
        WeComCaller elsewhere = new WeComCaller(CALLER.token(), CALLER.aesKey(), "ww-other");
        String foreign = elsewhere.encrypt("<xml/>");
        byte[] plain = new byte[64];
        plain[63] = 33;
        String padded = Base64.getEncoder().encodeToString(CALLER.encrypt(plain));
        String good = CALLER.encrypt(CALLER.change("hostile", "add_member", seconds(), "v1", "v2", "wa"));
        String doctype = "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><ChatId>&e;</ChatId></xml>";
        return Stream.of(
                refused(
                        "replayed after its time",
                        403,
                        "stale",
                        CALLER.query(seconds() - 400, "n", good),
                        CALLER.envelope(good)),
                refused(
                        "replayed under a fresh time",
                        403,
                        "bad_signature",
                        CALLER.query(seconds() - 400, "n", good)
                                .replaceFirst("timestamp=\\d+", "timestamp=" + seconds()),
                        CALLER.envelope(good)),
                refused(
                        "padding that cannot be",
                        400,
                        "malformed",
                        CALLER.query(seconds(), "n", padded),
                        CALLER.envelope(padded)),
                refused(
                        "for another receiver",
                        403,
                        "wrong_receiver",
                        CALLER.query(seconds(), "n", foreign),
                        CALLER.envelope(foreign)),
                refused(
                        "a document type around the seal",
                        400,
                        "malformed",
                        CALLER.query(seconds(), "n", good),
                        "<!DOCTYPE xml>" + CALLER.envelope(good)),
                refused("no text", 400, "malformed", CALLER.query(seconds(), "n", good), "\u0000"),
                sealed("a document type within", "malformed", doctype),
                sealed("a field twice", "malformed", "<xml><ChatId>a</ChatId><ChatId>b</ChatId></xml>"),
                sealed("deep nesting", "malformed", "<a>".repeat(10_000) + "</a>".repeat(10_000)),
                sealed("cut off", "malformed", "<xml><MsgType>event</MsgType>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileCallbacks")
    void hostileCallback_isRefusedByItsCode_andCountsNothing(
            String kind, int status, String code, String query, String body) throws Exception {
        double before = refusals(code);
        HttpResponse<String> answer = post(query, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("root:");
        assertThat(refusals(code)).isEqualTo(before + 1);
        assertThat(monitor.exchange("GET", "/api/v1/groups/hostile", "").statusCode())
                .isEqualTo(404);
    }

    private static double refusals(String reason) throws Exception {
        String series = "grouppulse_callbacks_refused_total{reason=\"" + reason + "\",source=\"hq\"} ";
        return monitor.exchange("GET", "/metrics", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    /** The lines of the example in docs/sources.md. */
    private static String bridgeLines(long now) throws IOException {
        return Files.readAllLines(Path.of("docs", "sources.md")).stream()
                .filter(line -> line.contains("\"source\":\"archive\""))
                .map(line -> line.replace("$now", Long.toString(now)) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void archiveBridge_isDedupedByMsgid_andItsDelayShowsAsLag() throws Exception {
        String lines = bridgeLines(System.currentTimeMillis() - 7_000);
        JsonObject first = monitor.events(lines);
        assertThat(first.getInteger("accepted")).isEqualTo(3);
        assertThat(first.getInteger("duplicates")).isZero();

        assertThat(monitor.events(lines).getInteger("duplicates")).isEqualTo(2);
        String archive = monitor.get("/api/v1/sources").getJsonArray("items").stream()
                .map(item -> (JsonObject) item)
                .filter(item -> item.getString("source").equals("archive"))
                .map(item -> item.getValue("lagSeconds").toString())
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(archive)).isBetween(5.0, 60.0);
    }

    private static HttpResponse<String> post(String query, String body) throws Exception {
        return monitor.exchange("POST", PATH + query, body);
    }
}
