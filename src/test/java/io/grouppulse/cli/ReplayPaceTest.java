package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayPaceTest {
    private long nanos;

    @Test
    void ownSpeed_takesAsLongAsTheRecording() throws Exception {
        assertThat(secondsAtSpeed(1)).isBetween(9.9, 10.5);
    }

    @Test
    void tenfoldSpeed_takesATenth() throws Exception {
        assertThat(secondsAtSpeed(10)).isBetween(0.99, 1.2);
    }

    @Test
    void fullSpeed_waitsForNothing() throws Exception {
        assertThat(secondsAtSpeed(0)).isZero();
    }

    @Test
    void lateLinesAndLinesWithoutTime_doNotWait() {
        Pacer pacer = new Pacer(1, () -> nanos);

        assertThat(pacer.waitMillis(line("5000"))).isZero();
        assertThat(pacer.waitMillis(line("4000"))).isZero();
        assertThat(pacer.waitMillis(line("\"1970-01-01T00:00:08Z\""))).isEqualTo(3_000);
        assertThat(pacer.waitMillis(line("\"soon\""))).isZero();
        assertThat(pacer.waitMillis("oops".getBytes(StandardCharsets.UTF_8))).isZero();
    }

    @Test
    void damagedTime_doesNotStallTheReplay() {
        Pacer pacer = new Pacer(1, () -> nanos);

        pacer.waitMillis(line("5000"));
        assertThat(pacer.waitMillis(line("99999999999999"))).isZero();
        assertThat(pacer.waitMillis(line("6000"))).isZero();
        assertThat(pacer.waitMillis(line("7000"))).isEqualTo(1_000);
    }

    /** A recording of ten seconds, an event in each. */
    private double secondsAtSpeed(int speed) throws IOException, CommandFailedException, InterruptedException {
        StringBuilder recording = new StringBuilder();
        for (int second = 0; second <= 10; second++) {
            recording
                    .append("{\"id\":\"")
                    .append(second)
                    .append("\",\"ts\":")
                    .append(1_000 * second)
                    .append("}\n");
        }
        try (FakeMonitor monitor = new FakeMonitor();
                LineReader reader = new LineReader(
                        new ByteArrayInputStream(recording.toString().getBytes(StandardCharsets.UTF_8)))) {
            replay(speed, reader, monitor).run();
            assertThat(monitor.lines()).hasSize(11);
        }
        return nanos / 1e9;
    }

    private Replay replay(int speed, LineReader reader, FakeMonitor monitor) {
        MonitorClient.Pause pause = millis -> nanos += millis * 1_000_000;
        MonitorClient client = new MonitorClient(
                new Door(monitor.address(), null),
                MonitorClient.Patience.USUAL,
                new Backoff(Clock.systemUTC(), new Random(1)),
                pause,
                notice -> {});
        Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), true, 0, () -> nanos);
        return new Replay(reader, client, new Pacer(speed, () -> nanos), pause, () -> nanos, progress);
    }

    private static byte[] line(String ts) {
        String line = "{\"id\":\"e\",\"tags\":{\"ts\":" + List.of(1) + "},\"ts\":" + ts + "}";
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
