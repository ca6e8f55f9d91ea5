package io.grouppulse.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import io.grouppulse.testing.WeComCaller;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** WeCom's door of the packed program over {@code kill -9}: what it knew of a chat's roster it still knows. */
class WeComRestartIT {
    private static final WeComCaller CALLER = WeComCaller.MAIN;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void changeThatFollows_afterAKill_asksForNoResync_andOneThatDoesNotStillDoes() throws Exception {
        ServerOptions options = ServerOptions.replays();
        for (Map.Entry<String, String> setting : CALLER.settings("wecom", "hq").entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        try (RunningServer server = RunningServer.start(options)) {
            change(server, "v1", "v2", "wa");
            assertThat(gaps(server)).contains("reason=\"unknown\",source=\"hq\"} 1");
            Path kept = server.dataDirectory().resolve("rosters").resolve("versions.ndjson");
            assertThat(Deadline.in(Duration.ofSeconds(30))
                            .until(() ->
                                    Files.exists(kept) && Files.readString(kept).endsWith("\n")))
                    .isTrue();

            server.kill();
            server.restart();
            change(server, "v2", "v3", "wb");
            assertThat(gaps(server)).doesNotContain("source=\"hq\"");

            change(server, "v5", "v6", "wc");
            assertThat(gaps(server)).contains("reason=\"broken\",source=\"hq\"} 1");
        }
    }

    private void change(RunningServer server, String last, String current, String member) throws Exception {
        long now = System.currentTimeMillis() / 1_000;
        String encrypted = CALLER.encrypt(CALLER.change("chat", "add_member", now, last, current, member));
        assertThat(http.send(
                                HttpRequest.newBuilder(server.baseUrl()
                                                .resolve("callbacks/wecom/hq" + CALLER.query(now, current, encrypted)))
                                        .POST(BodyPublishers.ofString(CALLER.envelope(encrypted)))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private String gaps(RunningServer server) throws Exception {
        String metrics = http.send(
                        HttpRequest.newBuilder(server.baseUrl().resolve("metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return String.join(
                "\n",
                metrics.lines()
                        .filter(line -> line.startsWith("grouppulse_roster_gaps_total"))
                        .toList());
    }
}
