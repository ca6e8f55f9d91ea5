package io.grouppulse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One of Server-Sent Events. */
final class EventStreamReader extends FeedListener {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String DATA = "data: ";

    private final CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    private final InputStream body;
    private final int status;

    EventStreamReader(int port, String token, Collection<String> topics) throws IOException, InterruptedException {
        String query = topics.stream()
                .map(topic -> "&topic=" + URLEncoder.encode(topic, UTF_8))
                .collect(Collectors.joining());
        HttpResponse<InputStream> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/feed?every=50" + query))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofInputStream());
        status = response.statusCode();
        body = response.body();
        Thread reading = new Thread(this::read, "event-stream");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    hear(line.substring(DATA.length()));
                }
            }
            inOrder.complete(true);
        } catch (IOException e) {
            inOrder.complete(false);
        }
    }

    /** Of the answer to the request. */
    int status() {
        return status;
    }

    @Override
    boolean isOpen() {
        return !inOrder.isDone();
    }

    @Override
    void awaitDismissal() throws Exception {
        assertThat(inOrder.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("the stream is ended in good order")
                .isTrue();
    }

    @Override
    void hangUp() throws IOException {
        body.close();
    }
}
