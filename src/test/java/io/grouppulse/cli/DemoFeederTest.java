package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoFeederTest {
    private static final SimulationSettings SHOW = SimulationSettings.show(20, 40, 3, 0);

    @Test
    void feeder_registersGroupsAndFlashSalesThenSendsThePastMinutes() throws IOException, InterruptedException {
        long before = System.currentTimeMillis();
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
        try (FakeMonitor monitor = new FakeMonitor();
                DemoFeeder feeder =
                        new DemoFeeder(SHOW, new Door(monitor.address(), null), silent, Clock.systemUTC())) {
            feeder.start();
            monitor.awaitEvents();

            List<String> requests = monitor.requests();
            int firstEvents = requests.indexOf("POST /api/v1/events");
            assertThat(requests.subList(0, firstEvents))
                    .hasSize(44)
                    .contains("PUT /api/v1/groups/g0001", "PUT /api/v1/groups/g0020/roster");
            assertThat(requests.subList(40, firstEvents))
                    .allMatch(request -> request.startsWith("PUT /api/v1/campaigns/flash-"));
            long ts = new ObjectMapper()
                    .readTree(monitor.lines().get(0))
                    .path("ts")
                    .asLong();
            assertThat(before - ts)
                    .isBetween(
                            Duration.ofMinutes(8).toMillis(),
                            Duration.ofMinutes(10).toMillis());
        }
    }
}
