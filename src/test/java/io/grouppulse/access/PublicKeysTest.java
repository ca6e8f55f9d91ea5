package io.grouppulse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grouppulse.testing.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key set at an address that turns its keys over, and then does what it should not. */
class PublicKeysTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Answer answer = exchange -> {};
    private HttpServer issuer;
    private PublicKeys keys;
    private ECKey first;
    private ECKey second;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        first = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.setExecutor(threads);
        issuer.createContext("/keys", exchange -> answer.to(exchange));
        issuer.createContext("/elsewhere", exchange -> say(exchange, 200, setOf(first)));
        issuer.start();
        keys = new PublicKeys(address("/keys"));
    }

    @AfterEach
    void stop() {
        over.countDown();
        issuer.stop(0);
        threads.shutdownNow();
    }

    private String address(String path) {
        return "http://127.0.0.1:" + issuer.getAddress().getPort() + path;
    }

    private static String setOf(JWK key) {
        return new JWKSet(key).toString(false);
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void assertThatSecondStays() {
        assertThat(keys.refresh()).isFalse();
        assertThat(keys.keys().getKeyByKeyId("second")).isNotNull();
        assertThat(keys.keys().getKeyByKeyId("first")).isNull();
    }

    @Test
    void keysOfAnAddress_areTurnedOver_andWhatIsNoKeySetChangesNothing() {
        assertThat(keys.keys().size()).as("before the first answer").isZero();
        answer = exchange -> say(exchange, 200, setOf(first));
        assertThat(keys.refresh()).isTrue();
        assertThat(keys.keys().getKeyByKeyId("first")).isNotNull();
        assertThat(keys.refresh()).as("the same again").isFalse();

        answer = exchange -> say(exchange, 200, setOf(second));
        assertThat(keys.refresh()).isTrue();
        assertThatSecondStays();

        answer = exchange -> say(exchange, 500, setOf(first));
        assertThatSecondStays();
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", address("/elsewhere"));
            say(exchange, 302, "");
        };
        assertThatSecondStays();
        answer = exchange -> say(exchange, 200, "<html>" + setOf(first));
        assertThatSecondStays();
        answer = exchange -> say(exchange, 200, setOf(first) + " ".repeat(2 * 1024 * 1024));
        assertThatSecondStays();
        answer = HttpExchange::close;
        assertThatSecondStays();
        issuer.stop(0);
        assertThatSecondStays();
    }

    /** One refresh waits for the one before it: an answer without an end would be the last. */
    @Test
    void answerThatDoesNotEnd_isGivenUp() throws Exception {
        keys = new PublicKeys(address("/keys"), Duration.ofMillis(500));
        answer = exchange -> say(exchange, 200, setOf(second));
        assertThat(Deadline.in(LIMIT).until(keys::refresh)).isTrue();
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(setOf(first).substring(0, 20).getBytes(UTF_8));
                body.flush();
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatSecondStays();
        answer = exchange -> say(exchange, 200, setOf(first));
        assertThat(Deadline.in(LIMIT).until(keys::refresh)).isTrue();
    }
}
