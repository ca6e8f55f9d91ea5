package io.grouppulse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The HTTP API of a running monitor. Thread-safe. */
public final class MonitorApi {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration UNANSWERED_FOR = Duration.ofSeconds(90);
    /** More than the longest time between two ticks of an idle monitor. */
    private static final Duration TICK = Duration.ofMillis(300);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration limit;
    private final HttpClient http;

    public MonitorApi(URI base) {
        this(base, LIMIT);
    }

    /** @param limit how long an answer is waited for */
    public MonitorApi(URI base, Duration limit) {
        this.base = base;
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    /** A body of events. */
    public static final class Body {
        private final String contentType;
        private final boolean gzip;
        private final byte[] bytes;

        public Body(String contentType, boolean gzip, byte[] bytes) {
            this.contentType = contentType;
            this.gzip = gzip;
            this.bytes = bytes.clone();
        }

        /** The whole request, as it goes over a connection of its own. */
        public byte[] request() {
            String head = "POST /api/v1/events HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\nContent-Type: "
                    + contentType + (gzip ? "\r\nContent-Encoding: gzip" : "") + "\r\nContent-Length: " + bytes.length
                    + "\r\n\r\n";
            byte[] first = head.getBytes(StandardCharsets.US_ASCII);
            byte[] request = Arrays.copyOf(first, first.length + bytes.length);
            System.arraycopy(bytes, 0, request, first.length, bytes.length);
            return request;
        }
    }

    /** What became of a body, and how many times it had been sent in vain before. */
    public record Receipt(JsonNode answer, int unanswered) {}

    /** @throws IllegalStateException if the answer is not 200 */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(limit).build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        requireOk(path, response);
        return JSON.readTree(response.body());
    }

    /** All items of a list, page by page; {@code path} has a query. */
    public List<JsonNode> items(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        JsonNode page = get(path);
        page.path("items").forEach(items::add);
        while (page.path("cursor").isTextual()) {
            page = get(path + "&cursor=" + encode(page.path("cursor").textValue()));
            page.path("items").forEach(items::add);
        }
        return items;
    }

    /**
     * Puts the same again for as long as it is told to come back later, as while a shard is on its way to another node.
     *
     * @throws IllegalStateException if the answer is not 200
     */
    public void put(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build();
        Deadline deadline = Deadline.in(UNANSWERED_FOR);
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        while (response.statusCode() == 503 && !deadline.isOver()) {
            Deadline.pause(Duration.ofMillis(100));
            response = http.send(request, BodyHandlers.ofByteArray());
        }
        requireOk(path, response);
    }

    /** Sends a body of events once; {@code query} is empty or begins with a question mark. */
    public HttpResponse<byte[]> sendOnce(Body body, String query) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("api/v1/events" + query))
                .timeout(limit)
                .header("Content-Type", body.contentType)
                .POST(BodyPublishers.ofByteArray(body.bytes));
        if (body.gzip) {
            request.header("Content-Encoding", "gzip");
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends the same body again and again until it is answered; being told to come back later is no answer. */
    public Receipt send(Body body, String query) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(UNANSWERED_FOR);
        int unanswered = 0;
        while (true) {
            try {
                HttpResponse<byte[]> response = sendOnce(body, query);
                if (response.statusCode() != 429 && response.statusCode() != 503) {
                    requireOk("api/v1/events", response);
                    return new Receipt(JSON.readTree(response.body()), unanswered);
                }
            } catch (IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
            }
            unanswered++;
            Deadline.pause(Duration.ofMillis(20));
        }
    }

    /**
     * The sources, once nothing is pending any more, nothing changes any more, and T is {@code asOf}; as they are if
     * that takes too long.
     */
    public JsonNode settledSources(long asOf) throws Exception {
        JsonNode[] last = {get("api/v1/sources")};
        Deadline.in(Duration.ofSeconds(60)).until(() -> {
            Deadline.pause(TICK);
            JsonNode before = last[0];
            last[0] = get("api/v1/sources");
            return last[0].path("asOf").longValue() == asOf && sum(last[0], "pending") == 0 && last[0].equals(before);
        });
        return last[0];
    }

    /** A count of all sources together. */
    public static long sum(JsonNode sources, String count) {
        long sum = 0;
        for (JsonNode source : sources.path("items")) {
            sum += source.path(count).longValue();
        }
        return sum;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void requireOk(String path, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
    }
}
