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
    private static final List<byte[]> NAMES = List.of(ascii("\"id\":\""), ascii("\"order\":\""), ascii("\"target\":\""));

    private final byte[] bytes;
    private final int[] starts;
    private final int lines;
    private final List<GroupProfile> profiles;
    private int next;
    private int pass;

    private Sale(byte[] bytes, int[] starts, int lines, List<GroupProfile> profiles) {
        this.bytes = bytes;
        this.starts = starts;
        this.lines = lines;
        this.profiles = profiles;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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

    /**
     * The next lines, as a sale of their own whose newest event happens now. After the last line it begins again, with other
     * ids: the same members of the same groups do the same once more, so that no measure needs a longer sale in memory.
     */
    Sale take(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count * (bytes.length / lines + 8));
        int[] taken = new int[count + 1];
        long newest = 0;
        for (int i = 0; i < Math.min(count, lines); i++) {
            newest = Math.max(newest, time((next + i) % lines));
        }
        long shift = System.currentTimeMillis() - newest;
        for (int i = 0; i < count; i++) {
            taken[i] = out.size();
            copy(next, time(next) + shift, pass == 0 ? "" : pass + "-", out);
            if (++next == lines) {
                next = 0;
                pass++;
            }
        }
        taken[count] = out.size();
        return new Sale(out.toByteArray(), taken, count, profiles);
    }

    /** The same lines, taken from the first on and apart from these. */
    Sale copy() {
        return new Sale(bytes, starts, lines, profiles);
    }

    private long time(int line) {
        int at = indexOf(bytes, starts[line], starts[line + 1], TS) + TS.length;
        return Long.parseLong(new String(bytes, at, TS_DIGITS, StandardCharsets.US_ASCII));
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
        copy(line, ts, "", out);
    }

    /** @param idPrefix put before what names the event, its order and the message that it takes back */
    private void copy(int line, long ts, String idPrefix, ByteArrayOutputStream out) {
        int from = starts[line];
        int end = starts[line + 1];
        int time = indexOf(bytes, from, end, TS) + TS.length;
        byte[] prefix = idPrefix.getBytes(StandardCharsets.US_ASCII);
        for (int at = from; at < end; ) {
            int length = at == time ? 0 : nameAt(at, end);
            if (at == time) {
                out.writeBytes(Long.toString(ts).getBytes(StandardCharsets.US_ASCII));
                at += TS_DIGITS;
            } else if (length > 0 && prefix.length > 0) {
                out.write(bytes, at, length);
                out.writeBytes(prefix);
                at += length;
            } else {
                out.write(bytes[at++]);
            }
        }
    }

    /** The length of what stands before an id, if it stands here; 0 if it does not. */
    private int nameAt(int at, int end) {
        if (bytes[at] != '"') {
            return 0;
        }
        for (byte[] name : NAMES) {
            if (at + name.length <= end && Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
                return name.length;
            }
        }
        return 0;
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
