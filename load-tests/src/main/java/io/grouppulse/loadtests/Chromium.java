package io.grouppulse.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One page in a Chromium of its own without a window, driven by the browser's debugging protocol. */
final class Chromium implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_TO_ANSWER = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final Path directory;
    private final Process process;
    private final WebSocket socket;
    private volatile Consumer<JsonNode> onEvent = event -> {};

    private Chromium(Path directory, Process process) throws IOException, InterruptedException {
        this.directory = directory;
        this.process = process;
        socket = http.newWebSocketBuilder().buildAsync(newPage(), this).join();
    }

    /** Starts the browser that {@code CHROMIUM} names, without a graphics card, as on the plainest wall. */
    static Chromium start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("grouppulse-screen-");
        Process process = new ProcessBuilder(List.of(
                        System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory,
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("chromium.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        return new Chromium(directory, process);
    }

    private URI newPage() throws IOException, InterruptedException {
        Path told = directory.resolve("DevToolsActivePort");
        for (int attempt = 0; !Files.exists(told) || Files.readAllLines(told).isEmpty(); attempt++) {
            if (attempt == 600 || !process.isAlive()) {
                throw new IOException("Chromium does not start: " + Files.readString(directory.resolve("chromium.log")));
            }
            Thread.sleep(100);
        }
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(told).get(0) + "/json/list");
        JsonNode list = JSON.readTree(
                http.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString()).body());
        for (JsonNode page : list) {
            if (page.path("type").asText().equals("page")) {
                return URI.create(page.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("Chromium shows no page: " + list);
    }

    long pid() {
        return process.pid();
    }

    /** Every event of the domains that are enabled goes there. */
    void onEvent(Consumer<JsonNode> listener) {
        onEvent = listener;
    }

    /** Sends a command of the protocol, its parameters in pairs, and waits for its result. */
    JsonNode send(String method, Object... params) throws IOException, InterruptedException {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        ObjectNode given = message.putObject("params");
        for (int i = 0; i < params.length; i += 2) {
            given.set((String) params[i], JSON.valueToTree(params[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode result = answer.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
            if (result.has("error")) {
                throw new IOException(method + ": " + result.get("error"));
            }
            return result.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(method + " was not answered", e);
        }
    }

    /** The value of an expression on the page, a promise's once it is kept. */
    JsonNode evaluate(String expression) throws IOException, InterruptedException {
        JsonNode result =
                send("Runtime.evaluate", "expression", expression, "awaitPromise", true, "returnByValue", true);
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until the expression is true on the page. */
    void await(String expression) throws IOException, InterruptedException {
        for (int attempt = 0; !evaluate(expression).asBoolean(); attempt++) {
            if (attempt == 600) {
                throw new IOException("never came true: " + expression);
            }
            Thread.sleep(100);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void take(String message) {
        try {
            JsonNode parsed = JSON.readTree(message);
            if (parsed.has("id")) {
                asked.remove(parsed.get("id").asInt()).complete(parsed);
            } else {
                onEvent.accept(parsed);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Chromium spoke no JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        end(process);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
