package io.grouppulse.abuse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Three that behave: a producer that sends an order and waits for it to be durable, a screen that shows it, and a newcomer that opens a
 * connection of its own for each question.
 */
final class Bystanders implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PERIOD_MILLIS = 100;
    private static final Pattern ITEM = Pattern.compile("\"item\":\"i(\\d+)\"");

    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final WebSocket screen;
    private volatile boolean over;
    private Waits producer = new Waits();
    private Waits shown = new Waits();
    private Waits newcomer = new Waits();

    /** Milliseconds that somebody waited. */
    private static final class Waits {
        private final List<Long> millis = new ArrayList<>();

        synchronized void add(long nanos) {
            millis.add(nanos / 1_000_000);
        }

        synchronized boolean isAny() {
            return !millis.isEmpty();
        }

        synchronized long part(double part) {
            List<Long> sorted = millis.stream().sorted().toList();
            return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
        }
    }

    /**
     * How long they waited, in milliseconds; -1 if nothing came.
     *
     * @param failures orders and questions without an answer
     * @param missing orders that the screen has not shown
     */
    record Told(
            long producerMedian,
            long producerMost,
            long screenMedian,
            long screenMost,
            long newcomerMedian,
            long newcomerMost,
            int failures,
            int missing) {}

    /** Shows all orders. */
    private final class Screen implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                Matcher item = ITEM.matcher(part);
                while (item.find()) {
                    Long sent = sentAt.remove(Long.parseLong(item.group(1)));
                    if (sent != null) {
                        shown().add(System.nanoTime() - sent);
                    }
                }
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            if (!over) {
                failures.incrementAndGet();
            }
            return null;
        }
    }

    Bystanders(int port) {
        this.port = port;
        this.screen = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/feed"), new Screen())
                .join();
        screen.sendText("{\"op\":\"subscribe\",\"topic\":\"orders:\",\"every\":50}", true)
                .join();
        start("producer", this::produce);
        start("newcomer", this::come);
    }

    private synchronized Waits shown() {
        return shown;
    }

    private synchronized Waits producer() {
        return producer;
    }

    private synchronized Waits newcomer() {
        return newcomer;
    }

    private interface Step {
        void once() throws IOException, InterruptedException;
    }

    private void start(String name, Step step) {
        Thread thread = new Thread(
                () -> {
                    while (!over) {
                        try {
                            step.once();
                            Thread.sleep(PERIOD_MILLIS);
                        } catch (IOException e) {
                            failures.incrementAndGet();
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void produce() throws IOException, InterruptedException {
        long now = System.nanoTime();
        sentAt.put(now, now);
        String order = new JsonObject()
                .put("id", "i" + now)
                .put("type", "order.paid")
                .put("ts", System.currentTimeMillis())
                .put("group", "g" + now % 100)
                .put("member", "m" + now % 1_000)
                .put("order", "o" + now)
                .put("item", "i" + now)
                .put("amount", 100)
                .encode();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(order))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("\"accepted\":1")) {
            sentAt.remove(now);
            throw new IOException("HTTP " + answer.statusCode());
        }
        producer().add(System.nanoTime() - now);
    }

    private void come() throws IOException {
        long now = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET /api/v1/orgs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IOException(answer);
            }
        }
        newcomer().add(System.nanoTime() - now);
    }

    /** Whether each of them has got an answer since they were last asked. */
    synchronized boolean haveAllBeenServed() {
        return producer.isAny() && shown.isAny() && newcomer.isAny();
    }

    /** What they saw since they were last asked. */
    synchronized Told tell() {
        long late = System.nanoTime() - PATIENCE.toNanos();
        int missing = (int) sentAt.keySet().stream().filter(sent -> sent < late).count();
        sentAt.keySet().removeIf(sent -> sent < late);
        Told told = new Told(
                producer.part(0.5),
                producer.part(1),
                shown.part(0.5),
                shown.part(1),
                newcomer.part(0.5),
                newcomer.part(1),
                failures.getAndSet(0),
                missing);
        producer = new Waits();
        shown = new Waits();
        newcomer = new Waits();
        return told;
    }

    @Override
    public void close() {
        over = true;
        screen.abort();
    }
}
