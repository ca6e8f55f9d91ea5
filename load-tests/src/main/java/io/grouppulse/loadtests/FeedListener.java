package io.grouppulse.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A screen: subscribed to the root node and to all orders at {@code every: 50}. How long after its time an order is
 * here, is the latency from event to feed.
 */
final class FeedListener implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile Histogram latencies = new ConcurrentHistogram(60_000, 3);
    private volatile long from = Long.MAX_VALUE;
    private volatile long skipped;
    private volatile Throwable failure;
    private volatile boolean closed;

    FeedListener(int port) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("grouppulse.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/feed"), this)
                .join();
        subscribe("org:");
        subscribe("orders:");
    }

    private void subscribe(String topic) {
        socket.sendText("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\",\"every\":50}", true).join();
    }

    /** Counts orders that happen from now on. */
    void begin() {
        skipped = 0;
        latencies = new ConcurrentHistogram(60_000, 3);
        from = System.currentTimeMillis();
    }

    Histogram end() {
        from = Long.MAX_VALUE;
        if (failure != null) {
            throw new IllegalStateException("the screen lost its feed", failure);
        }
        return latencies;
    }

    long skipped() {
        return skipped;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            long now = System.currentTimeMillis();
            if (text.indexOf("\"topic\":\"orders:\"") >= 0) {
                take(now);
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void take(long now) {
        try {
            JsonNode frame = JSON.readTree(text.toString());
            skipped += frame.path("skipped").asLong();
            for (JsonNode order : frame.path("data")) {
                long ts = order.path("ts").asLong();
                if (ts >= from) {
                    latencies.recordValue(Math.min(60_000, Math.max(0, now - ts)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        fail(error);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        fail(new IOException("the server closed the feed: " + code + " " + reason));
        return null;
    }

    private void fail(Throwable cause) {
        if (!closed && failure == null) {
            failure = cause;
        }
    }

    @Override
    public void close() {
        closed = true;
        socket.abort();
    }
}
