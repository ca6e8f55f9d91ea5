package io.grouppulse.doors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client of the feed's Server-Sent Events. */
final class EventStream implements AutoCloseable {
    private final FeedLedger ledger;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final InputStream body;
    private final String contentType;

    EventStream(Api api, Document document, String query, String... headers) throws IOException, InterruptedException {
        ledger = new FeedLedger(document);
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/v1/feed?" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofInputStream());
        contentType = response.headers().firstValue("content-type").orElse("");
        body = response.body();
        Thread thread = new Thread(this::read, "event-stream");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        String id = "";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    ledger.take(line.substring(6));
                    ids.add(id);
                    id = "";
                }
            }
            ended.complete(true);
        } catch (IOException e) {
            ended.complete(false);
        }
    }

    FeedLedger ledger() {
        return ledger;
    }

    /** The id of each frame, empty where it has none. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    String contentType() {
        return contentType;
    }

    /** Whether the server ended the stream in good order. */
    boolean awaitEnd() throws Exception {
        return ended.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
