package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The lines of a simulated sale as the product's own {@code simulate} writes them, in memory, ready to be sent. */
final class Sale {
    private static final byte[] TS = "\"ts\":".getBytes(StandardCharsets.US_ASCII);
    private static final int TS_DIGITS = 13;

    private final byte[] bytes;
    private final int[] starts;
    private final int lines;
    private final List<GroupProfile> profiles;

    private Sale(byte[] bytes, int[] starts, int lines, List<GroupProfile> profiles) {
        this.bytes = bytes;
        this.starts = starts;
        this.lines = lines;
        this.profiles = profiles;
    }

    /** A sale that ends now, so that no event is too old or early. */
    static Sale simulate(int groups, int members, int minutes, long seed) throws IOException, InterruptedException {
        long start = System.currentTimeMillis() - minutes * 60_000L;
        Process simulator = Server.java(List.of(
                        "simulate",
                        "--groups=" + groups,
                        "--members=" + members,
                        "--minutes=" + minutes,
                        "--seed=" + seed,
                        "--start=" + start,
                        "--mistakes=none"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] bytes = withoutHeartbeats(simulator.getInputStream().readAllBytes());
        if (simulator.waitFor() != 0) {
            throw new IOException("simulate failed");
        }
        int[] starts = new int[1024];
        int lines = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (at == 0 || bytes[at - 1] == '\n') {
                starts = lines + 1 < starts.length ? starts : Arrays.copyOf(starts, lines * 2);
                starts[lines++] = at;
            }
        }
        starts = Arrays.copyOf(starts, lines + 1);
        starts[lines] = bytes.length;
        SimulationSettings settings = SimulationSettings.sale(groups, members, minutes, seed, start);
        return new Sale(bytes, starts, lines, new SaleSimulator(settings).profiles());
    }

    /** A heartbeat is accepted but nothing that is applied: it would only blur the sums. */
    private static byte[] withoutHeartbeats(byte[] bytes) {
        byte[] heartbeat = "\"type\":\"source.heartbeat\"".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                if (indexOf(bytes, from, Math.min(at, from + 64), heartbeat) < 0) {
                    kept.write(bytes, from, at + 1 - from);
                }
                from = at + 1;
            }
        }
        return kept.toByteArray();
    }

    int lines() {
        return lines;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where a line begins; that of the line after the last is the end. */
    int start(int line) {
        return starts[line];
    }

    List<GroupProfile> profiles() {
        return profiles;
    }

    /** Appends a line with another time. */
    void copyAt(int line, long ts, ByteArrayOutputStream out) {
        int at = indexOf(bytes, starts[line], starts[line + 1], TS) + TS.length;
        out.write(bytes, starts[line], at - starts[line]);
        out.writeBytes(Long.toString(ts).getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, at + TS_DIGITS, starts[line + 1] - at - TS_DIGITS);
    }

    boolean isPayment(int line) {
        return indexOf(bytes, starts[line], Math.min(starts[line] + 64, starts[line + 1]), PAID) >= 0;
    }

    private static final byte[] PAID = "\"type\":\"order.paid\"".getBytes(StandardCharsets.US_ASCII);

    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
