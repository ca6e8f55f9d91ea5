package io.grouppulse.laws;

import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain requests to a server that may be away. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** 0 if nobody answers. */
    static int status(RunningServer server, String path) throws InterruptedException {
        try {
            return get(server, path).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Empty if nobody answers. */
    static String text(RunningServer server, String path) throws InterruptedException {
        try {
            return get(server, path).body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static HttpResponse<String> get(RunningServer server, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.baseUrl().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
