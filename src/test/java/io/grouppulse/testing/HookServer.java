package io.grouppulse.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A receiver of webhooks on a free port: answers as told, 200 when told nothing, and keeps what it was sent. */
public final class HookServer implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    /** Header names are in lower case. */
    public record Call(String uri, Map<String, String> headers, String body) {}

    /** @param status 0 to never answer */
    private record Answer(int status, String body, String location) {}

    public HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Says how to answer one more call. */
    public HookServer answer(int status, String body) {
        answers.add(new Answer(status, body, ""));
        return this;
    }

    public HookServer redirect(String location) {
        answers.add(new Answer(302, "", location));
        return this;
    }

    public HookServer hang() {
        answers.add(new Answer(0, "", ""));
        return this;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                        header -> header.getValue().get(0)));
        Answer answer = answers.poll();
        calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
        if (answer != null && answer.status() == 0) {
            return;
        }
        byte[] bytes = (answer == null ? "" : answer.body()).getBytes(StandardCharsets.UTF_8);
        if (answer != null && !answer.location().isEmpty()) {
            exchange.getResponseHeaders().add("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The next call, in the order of arrival; fails if none comes within 60 s. */
    public Call next() throws InterruptedException {
        Call call = calls.poll(60, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    /** Calls that came and were not read by {@link #next}. */
    public int unread() {
        return calls.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
