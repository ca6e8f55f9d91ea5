package io.grouppulse.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes events as a monitor does, and misbehaves when told to. */
final class FakeMonitor implements AutoCloseable {

    /** What to do with a request; what is not planned is taken. */
    enum Reply {
        TAKE,
        BUSY,
        UNAVAILABLE,
        BROKEN,
        DROP,
        TAKE_AND_DROP,
        TAKE_AND_MUMBLE,
        TOO_LARGE,
        ALL_BAD,
        UNAUTHENTICATED,
        FORBIDDEN
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final ConcurrentLinkedQueue<Reply> planned = new ConcurrentLinkedQueue<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final CountDownLatch firstEvents = new CountDownLatch(1);

    FakeMonitor(Reply... replies) throws IOException {
        planned.addAll(List.of(replies));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every line taken, in order, repeats included. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Method and path of every request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The Authorization header of every request that had one. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    int mostAtOnce() {
        return mostOpen.get();
    }

    void awaitEvents() throws InterruptedException {
        firstEvents.await();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            // No longer open once the client can know the answer.
            open.decrementAndGet();
            List<String> given = exchange.getRequestHeaders().get("Authorization");
            tokens.addAll(given == null ? List.of() : given);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (exchange.getRequestMethod().equals("PUT")) {
                answer(exchange, 200, "{}");
            } else {
                Reply reply = planned.poll();
                reply(
                        exchange,
                        new String(body, StandardCharsets.UTF_8).lines().toList(),
                        reply == null ? Reply.TAKE : reply);
            }
        }
    }

    private void reply(HttpExchange exchange, List<String> body, Reply reply) throws IOException {
        switch (reply) {
            case TAKE -> answer(exchange, 200, take(body));
            case BUSY -> {
                exchange.getResponseHeaders().add("Retry-After", "2");
                answer(exchange, 429, "{}");
            }
            case UNAVAILABLE -> answer(exchange, 503, "{}");
            case BROKEN -> answer(exchange, 500, "{}");
            case DROP -> {}
            case TAKE_AND_DROP -> take(body);
            case TAKE_AND_MUMBLE -> {
                take(body);
                answer(exchange, 200, "{\"acc");
            }
            case TOO_LARGE -> answer(exchange, 413, "{}");
            case ALL_BAD -> answer(exchange, 400, "{\"code\":\"malformed_json\",\"detail\":\"no event in it\"}");
            case UNAUTHENTICATED -> answer(exchange, 401, "{}");
            case FORBIDDEN -> answer(exchange, 403, "{}");
        }
    }

    private String take(List<String> body) {
        lines.addAll(body);
        firstEvents.countDown();
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            if (!body.get(i).startsWith("{")) {
                errors.add("{\"index\":" + i + ",\"code\":\"malformed_json\",\"detail\":\"not an object\"}");
            }
        }
        return "{\"accepted\":" + (body.size() - errors.size()) + ",\"rejected\":" + errors.size() + ",\"errors\":["
                + String.join(",", errors) + "]}";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
