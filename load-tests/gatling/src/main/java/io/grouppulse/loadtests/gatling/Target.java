package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * The monitor under load, and the part of its organisation that belongs to this run alone: with a name of its own the
 * numbers of a node are those of this run, whatever else the monitor watches.
 */
final class Target {
    private static final int STORES = 20;

    private final String url = System.getProperty("url", "http://127.0.0.1:8080").replaceAll("/+$", "");
    private final String token = System.getProperty("token", "");
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private final int groups;

    Target(int groups) {
        this.groups = groups;
    }

    static int number(String name, int otherwise) {
        return Integer.getInteger(name, otherwise);
    }

    HttpProtocolBuilder protocol() {
        HttpProtocolBuilder protocol = http.baseUrl(url)
                .wsBaseUrl(url.replaceFirst("^http", "ws"))
                .acceptHeader("application/json")
                .shareConnections();
        return token.isEmpty() ? protocol : protocol.authorizationHeader("Bearer " + token);
    }

    URI uri() {
        return URI.create(url);
    }

    String token() {
        return token;
    }

    /** The node above all groups of this run. */
    String org() {
        return "load/" + run;
    }

    int groups() {
        return groups;
    }

    /** @param index any number, taken modulo the number of groups */
    String group(long index) {
        return "load-" + run + "-" + Math.floorMod(index, groups);
    }

    /** A beginning for ids that no other run has. */
    String idPrefix(long user, String part) {
        return run + "-" + part + "-" + user;
    }

    /** Registers the groups under their stores. */
    void register() {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < groups; i++) {
            String json = "{\"name\":\"Group %d\",\"orgs\":[\"%s/store-%d\"],\"capacity\":500}"
                    .formatted(i, org(), i % STORES);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1/groups/" + group(i)))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(json));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            try {
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new IllegalStateException("HTTP " + answer.statusCode() + ": " + answer.body());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        System.out.printf(Locale.ROOT, "%,d groups under org:%s at %s%n", groups, org(), url);
    }
}
