package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Body;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A producer whose connection breaks anywhere, and who sends the same body again, changes no number. */
class RetryIT {
    private static final long SEED = 77;
    private static final int MOST_IN_A_BATCH = 2_500;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private int cutInTheRequest;
    private int cutBeforeTheAnswer;

    @Test
    void brokenConnectionsAndRetries_giveTheNumbersOfASingleSending() throws Exception {
        List<GroupEvent> events =
                RandomHistory.of(SEED, OracleSettings.defaults(), RandomHistory.Shape.large(30_000)).stream()
                        .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                        .toList();
        List<List<GroupEvent>> batches = Disorder.batches(events, MOST_IN_A_BATCH, SEED);
        long t = events.get(events.size() - 1).ts();
        try (RunningServer broken = RunningServer.start(ServerOptions.replays());
                RunningServer clean = RunningServer.start(ServerOptions.replays());
                Oracle oracle = Oracle.of(OracleSettings.defaults(), events)) {
            MonitorApi brokenApi = new MonitorApi(broken.baseUrl());
            MonitorApi cleanApi = new MonitorApi(clean.baseUrl());
            for (int i = 0; i < batches.size(); i++) {
                Body body = EventBodies.body(batches.get(i), Form.values()[i % Form.values().length]);
                breakOff(broken.baseUrl(), body.request());
                accept(brokenApi, body, batches.get(i).size());
                accept(cleanApi, body, batches.get(i).size());
            }
            int distinct = applied(cleanApi.settledSources(t));
            assertThat(applied(brokenApi.settledSources(t))).isEqualTo(distinct);
            ServerMeasures retried = compare(brokenApi, oracle, t);
            ServerMeasures single = compare(cleanApi, oracle, t);
            assertThat(withoutDuplicates(retried)).isEqualTo(withoutDuplicates(single));
            assertThat(retried.history(t - 86_400_000, t)).isEqualTo(single.history(t - 86_400_000, t));
        }
        System.out.printf(
                Locale.ROOT,
                "RetryIT: %d events in %d bodies, %d connections cut in the request, %d before the answer, 0 differences%n",
                events.size(),
                batches.size(),
                cutInTheRequest,
                cutBeforeTheAnswer);
        assertThat(cutInTheRequest).isGreaterThan(20);
        assertThat(cutBeforeTheAnswer).isGreaterThan(10);
    }

    private static void accept(MonitorApi api, Body body, int events) throws Exception {
        JsonNode answer = api.send(body, "").answer();
        assertThat(answer.path("accepted").intValue()).as("%s", answer).isEqualTo(events);
        assertThat(answer.path("rejected").intValue()).as("%s", answer).isZero();
    }

    private static int applied(JsonNode sources) {
        return (int) MonitorApi.sum(sources, "applied");
    }

    private static ServerMeasures compare(MonitorApi api, Oracle oracle, long t) throws Exception {
        Comparison comparison = new Comparison(api);
        ServerMeasures measures = comparison.at(t, oracle, oracle.members(t).keySet());
        comparison.diff().assertEmpty("after retries");
        return measures;
    }

    private static List<JsonNode> withoutDuplicates(ServerMeasures measures) {
        return measures.groups().values().stream()
                .map(group -> ServerMeasures.without(group, "total.duplicates"))
                .toList();
    }

    /** Up to three connections that break: somewhere in the request, or when it is sent and nothing was read yet. */
    private void breakOff(URI server, byte[] request) throws IOException {
        for (int tries = random.nextInt(4); tries > 0; tries--) {
            boolean whole = random.nextInt(3) == 0;
            int bytes = whole ? request.length : random.nextInt(1, request.length);
            cutInTheRequest += whole ? 0 : 1;
            cutBeforeTheAnswer += whole ? 1 : 0;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
                if (random.nextBoolean()) {
                    // closing then resets the connection instead of ending it
                    socket.setSoLinger(true, 0);
                }
                socket.getOutputStream().write(request, 0, bytes);
                socket.getOutputStream().flush();
            }
        }
    }
}
