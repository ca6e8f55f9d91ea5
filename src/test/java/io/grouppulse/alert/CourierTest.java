package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.alert.Notification;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.HookServer;
import io.grouppulse.testing.HookServer.Call;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries over real sockets to a receiver that fails, hangs, redirects and refuses. */
class CourierTest {
    private static final long NOW = 1_795_399_100_123L;
    private static final int LIMIT = 4_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Vertx vertx;
    private HookServer server;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new HookServer();
    }

    @AfterEach
    void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void json_isSigned_andCarriesItsKey() throws Exception {
        Notification told = Told.notification("g1");
        deliver(Receiver.Type.JSON, "hush", told);

        Call call = server.next();

        assertThat(call.headers())
                .containsEntry("idempotency-key", told.key())
                .containsEntry("grouppulse-signature", Signatures.header("hush", NOW / 1_000, call.body()))
                .containsEntry("content-type", "application/json; charset=utf-8");
        JsonObject body = new JsonObject(call.body());
        assertThat(body.getString("transition")).isEqualTo("firing");
        assertThat(body.getString("kind")).isEqualTo("group_silent");
        assertThat(body.getInteger("count")).isEqualTo(1);
        assertThat(body.getJsonArray("alerts").getJsonObject(0).getString("owner"))
                .isEqualTo("zhang");
        assertThat(body.getString("text"))
                .isEqualTo("[FIRING] a group is silent in bbg\n"
                        + "麓谷一店 [g1] (owner zhang): expected 37 interactions since 20:14, saw 0");
    }

    @Test
    void json_withoutSecret_isNotSigned() throws Exception {
        deliver(Receiver.Type.JSON, null, Told.notification("g1"));

        assertThat(server.next().headers()).doesNotContainKey("grouppulse-signature");
    }

    @Test
    void receiverThatFails_hangsOrRedirects_isAskedAgain_withTheSameKey_inOrder() throws Exception {
        server.answer(500, "down").hang().redirect(server.url("/elsewhere").toString());
        Notification first = Told.notification("g1");
        Notification second = Told.notification("g2");

        deliver(Receiver.Type.JSON, "hush", first, second);

        for (int attempt = 0; attempt < 4; attempt++) {
            Call call = server.next();
            assertThat(call.uri()).isEqualTo("/hook?key=1");
            assertThat(call.headers()).containsEntry("idempotency-key", first.key());
        }
        assertThat(server.next().headers()).containsEntry("idempotency-key", second.key());
        awaitCount("grouppulse.alert.deliveries", "outcome", "sent", 2);
        assertThat(count("grouppulse.alert.deliveries", "outcome", "failed")).isEqualTo(3);
        // It is counted as sent, and only then taken out of the queue.
        assertThat(Deadline.in(Duration.ofSeconds(20))
                        .until(() -> registry.get("grouppulse.alert.queue.depth")
                                        .gauge()
                                        .value()
                                == 0))
                .isTrue();
        assertThat(server.unread()).isZero();
    }

    @Test
    void receiverThatRefusesOneMessage_getsTheNext() throws Exception {
        server.answer(413, "too long");
        Notification second = Told.notification("g2");

        deliver(Receiver.Type.JSON, null, Told.notification("g1"), second);

        server.next();
        assertThat(server.next().headers()).containsEntry("idempotency-key", second.key());
        assertThat(count("grouppulse.alert.dropped", "reason", "refused")).isEqualTo(1);
    }

    @Test
    void answerThatIsTooLong_isAFailure() throws Exception {
        server.answer(200, "x".repeat(200_000));

        deliver(Receiver.Type.JSON, null, Told.notification("g1"));

        server.next();
        server.next();
        awaitCount("grouppulse.alert.deliveries", "outcome", "sent", 1);
        assertThat(count("grouppulse.alert.deliveries", "outcome", "failed")).isEqualTo(1);
    }

    @Test
    void robotThatAnswersAnErrorWith200_isAskedAgain() throws Exception {
        server.answer(200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}")
                .answer(200, "<html>")
                .answer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");

        deliver(Receiver.Type.WECOM, null, Told.notification("g1"));

        JsonObject body = new JsonObject(server.next().body());
        assertThat(body.getString("msgtype")).isEqualTo("text");
        assertThat(body.getJsonObject("text").getString("content")).startsWith("[FIRING] a group is silent");
        server.next();
        server.next();
        awaitCount("grouppulse.alert.deliveries", "outcome", "sent", 1);
    }

    @Test
    void dingTalk_isSignedInTheQuery() throws Exception {
        server.answer(200, "{\"errcode\":0}");

        deliver(Receiver.Type.DINGTALK, "SEC1", Told.notification("g1"));

        Call call = server.next();
        assertThat(call.uri()).startsWith("/hook?key=1&timestamp=" + NOW + "&sign=");
        String sign = java.net.URLDecoder.decode(
                call.uri().substring(call.uri().indexOf("&sign=") + 6), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(sign).isEqualTo(Signatures.dingTalk("SEC1", NOW));
    }

    @Test
    void feishu_isSignedInTheBody() throws Exception {
        server.answer(200, "{\"code\":0}");

        deliver(Receiver.Type.FEISHU, "SEC1", Told.notification("g1"));

        JsonObject body = new JsonObject(server.next().body());
        assertThat(body.getString("msg_type")).isEqualTo("text");
        assertThat(body.getJsonObject("content").getString("text")).startsWith("[FIRING]");
        assertThat(body.getString("timestamp")).isEqualTo("1795399100");
        assertThat(body.getString("sign")).isEqualTo(Signatures.feishu("SEC1", 1_795_399_100L));
        awaitCount("grouppulse.alert.deliveries", "outcome", "sent", 1);
    }

    @Test
    void textForARobot_isCutAtAWholeCharacter() {
        String cut = MessageFormat.cut("麓😀".repeat(2_000));

        assertThat(cut.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2_048);
        assertThat(cut).endsWith("…").doesNotContain("\ufffd");
        assertThat(MessageFormat.cut("short")).isEqualTo("short");
    }

    private void deliver(Receiver.Type type, @Nullable String secret, Notification... notifications) {
        Receiver receiver = new Receiver("ops", type, server.url("/hook?key=1"), secret, List.of("bbg"), Set.of());
        Context context = vertx.getOrCreateContext();
        context.runOnContext(go -> {
            Courier courier = new Courier(
                    vertx,
                    receiver,
                    new Outbox(List.of()),
                    new Poster(vertx, LIMIT),
                    new Backoff(() -> 0),
                    new AlertMeters(registry, 9).delivery("ops"),
                    () -> NOW,
                    () -> {});
            Arrays.stream(notifications).forEach(courier::offer);
            courier.save();
            courier.saved();
        });
    }

    private void awaitCount(String name, String tag, String value, double expected) throws Exception {
        assertThat(Deadline.in(Duration.ofSeconds(20)).until(() -> count(name, tag, value) == expected))
                .as("%s %s", name, value)
                .isTrue();
    }

    private double count(String name, String tag, String value) {
        return Objects.requireNonNull(registry.get(name).tag(tag, value).counter())
                .count();
    }
}
