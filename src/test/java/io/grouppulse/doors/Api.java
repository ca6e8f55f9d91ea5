package io.grouppulse.doors;

import io.vertx.core.json.JsonObject;
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

/** The HTTP side of a running monitor. */
final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Api(int port) {
        this.port = port;
    }

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonObject json() {
            return new JsonObject(body());
        }

        /** The header, or the empty text. */
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The media type without parameters, or the empty text. */
        String mediaType() {
            return header("content-type").replaceAll(" *;.*", "");
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(LIMIT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }

    Answer put(String path, JsonObject body) throws IOException, InterruptedException {
        return send("PUT", path, body.encode(), "Content-Type", "application/json");
    }

    /** Sends events and waits until every query shows them. */
    void take(String ndjson) throws IOException, InterruptedException {
        Answer answer = send("POST", "/api/v1/events?wait=applied", ndjson, "Content-Type", "application/x-ndjson");
        if (answer.status() != 200 || answer.json().getInteger("rejected") != 0) {
            throw new AssertionError("the events were not taken: " + answer.status() + " " + answer.body());
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
