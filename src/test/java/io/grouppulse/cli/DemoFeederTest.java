package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoFeederTest {
    private static final SimulationSettings SHOW = SimulationSettings.show(20, 40, 3, 0);
    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    @Test
    void blankMonitor_isToldWhoIsInTheGroupsAndThenEightDaysAtTheirOwnTime() throws Exception {
        long before = System.currentTimeMillis();
        RecordedTime time = new RecordedTime(true);
        try (FakeMonitor monitor = new FakeMonitor();
                DemoFeeder feeder = new DemoFeeder(SHOW, time, SILENT, Clock.systemUTC())) {
            feeder.start(new Door(monitor.address(), null))
                    .toCompletableFuture()
                    .get(50, TimeUnit.SECONDS);

            List<String> requests = List.copyOf(monitor.requests());
            assertThat(requests.subList(0, 40)).allMatch(request -> request.startsWith("PUT /api/v1/groups/g00"));
            // Two days of four flash sales, three early ones of the show, the first full one and the next.
            assertThat(requests.stream().filter(request -> request.startsWith("PUT /api/v1/campaigns/flash-")))
                    .hasSizeBetween(12, 14);
            assertThat(before - tsOf(monitor.lines().get(0)))
                    .isBetween(
                            Duration.ofDays(8).minusHours(2).toMillis(),
                            Duration.ofDays(9).plusHours(1).toMillis());
            assertThat(time.followedAt).as("when T was let go").isPositive();
            List<String> lines = monitor.lines();
            long newest = lines.subList(lines.size() - 20, lines.size()).stream()
                    .mapToLong(line -> EventTime.of(line.getBytes(StandardCharsets.UTF_8)))
                    .max()
                    .orElse(0);
            assertThat(newest).isBetween(before - 60_000, System.currentTimeMillis());
        }
    }

    @Test
    void monitorWithAPast_isToldOfTheLastFlashSales() throws IOException, InterruptedException {
        long before = System.currentTimeMillis();
        RecordedTime time = new RecordedTime(false);
        try (FakeMonitor monitor = new FakeMonitor();
                DemoFeeder feeder = new DemoFeeder(SHOW, time, SILENT, Clock.systemUTC())) {
            feeder.start(new Door(monitor.address(), null));
            monitor.awaitEvents();

            List<String> requests = List.copyOf(monitor.requests());
            int firstEvents = requests.indexOf("POST /api/v1/events");
            assertThat(requests.subList(0, firstEvents))
                    .hasSize(44)
                    .contains("PUT /api/v1/groups/g0001", "PUT /api/v1/groups/g0020/roster");
            assertThat(requests.subList(40, firstEvents))
                    .allMatch(request -> request.startsWith("PUT /api/v1/campaigns/flash-"));
            assertThat(before - tsOf(monitor.lines().get(0)))
                    .isBetween(
                            Duration.ofMinutes(14).toMillis(),
                            Duration.ofMinutes(16).toMillis());
        }
    }

    private static long tsOf(String line) throws IOException {
        return new ObjectMapper().readTree(line).path("ts").asLong();
    }

    private static final class RecordedTime implements DemoTime {
        private final boolean blank;
        private volatile long followedAt;

        RecordedTime(boolean blank) {
            this.blank = blank;
        }

        @Override
        public boolean begin() {
            return blank;
        }

        @Override
        public void follow() {
            followedAt = System.currentTimeMillis();
        }
    }
}
