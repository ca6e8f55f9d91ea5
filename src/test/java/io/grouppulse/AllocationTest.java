package io.grouppulse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.ingest.decode.EventDecoder;
import io.grouppulse.windowing.ShardEngine;
import io.grouppulse.windowing.ShardSaving;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What an event may cost in bytes allocated, counted exactly on this thread. The limits hold for interpreted code, which
 * allocates most: what the compiler leaves out can only make it less, so that no timing can turn this red.
 */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long START = 1_700_000_000_000L;
    private static final int EVENTS = 4_000;
    private static final int BATCH = 250;
    private static final int GROUPS = 20;
    private static final int MEMBERS = 100;
    private static final int SECONDS = 4;
    private static final long FIRST_LEAVES = 56_000;

    private final EventDecoder decoder = new EventDecoder();

    private static List<byte[]> lines(int round) {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String line =
                    "{\"id\":\"e-%d-%d\",\"type\":\"message.sent\",\"ts\":%d,\"group\":\"group-%d\",\"member\":\"m-%d\"}"
                            .formatted(round, i, START + i, i % GROUPS, i / GROUPS % MEMBERS);
            lines.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    private List<GroupInput> decode(List<byte[]> lines) {
        List<GroupInput> events = new ArrayList<>(lines.size());
        for (byte[] line : lines) {
            GroupEvent event = decoder.decode(line, 0, line.length, EventDecoder.Shape.PLAIN, "api");
            events.add(Objects.requireNonNull(event));
        }
        return events;
    }

    private static double bytesAnEvent(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / EVENTS;
    }

    @Test
    void decodingAllocatesTheEventAndTheIdsOfItsOwn() {
        decode(lines(0));
        List<byte[]> lines = lines(1);
        // the event itself takes 96, two ids of their own 48 to 56 each
        assertThat(bytesAnEvent(() -> decode(lines))).isLessThan(260);
    }

    @Test
    void encodingForTheLogAllocatesTheBytesTwice() {
        List<GroupInput> events = decode(lines(0));
        EventCodec.encode(events.subList(0, BATCH));
        assertThat(bytesAnEvent(() -> {
                    for (int from = 0; from < EVENTS; from += BATCH) {
                        EventCodec.encode(events.subList(from, from + BATCH));
                    }
                }))
                .isLessThan(115);
    }

    @Test
    void applyingAllocatesLittleBesidesWhatIsRemembered() {
        ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
        apply(engine, 0, decode(lines(0)));
        List<GroupInput> more = decode(lines(1));
        assertThat(bytesAnEvent(() -> apply(engine, 1, more))).isLessThan(430);
    }

    /** In these seconds what was sent leaves the window of a minute, so that every group is read in each. */
    @Test
    void readingAllocatesWhatIsShown() {
        ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
        apply(engine, 0, decode(lines(0)));
        engine.tick(START + EVENTS + FIRST_LEAVES - 1_000);
        int[] readings = new int[1];
        double bytes = EVENTS
                * bytesAnEvent(() -> {
                    for (int second = 0; second < SECONDS; second++) {
                        readings[0] += engine.tick(START + EVENTS + FIRST_LEAVES + second * 1_000L)
                                .changed()
                                .size();
                    }
                });

        assertThat(readings[0]).isEqualTo(GROUPS * SECONDS);
        assertThat(bytes / readings[0]).isLessThan(1_300);
    }

    @Test
    void savingAllocatesAFewTimesWhatIsStored() {
        ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
        apply(engine, 0, decode(lines(0)));
        save(engine);
        apply(engine, 1, decode(lines(1)));
        long[] saved = new long[1];
        double allocated = EVENTS * bytesAnEvent(() -> saved[0] = save(engine));

        assertThat(allocated / saved[0]).isLessThan(3.7);
    }

    /** The bytes of all records of a saving. */
    private static long save(ShardEngine engine) {
        ShardSaving.Round round = engine.saving().begin(engine.position());
        boolean more = true;
        while (more) {
            more = round.writeSome(1);
        }
        return round.records().values().stream()
                .filter(Objects::nonNull)
                .mapToLong(bytes -> bytes.length)
                .sum();
    }

    private static void apply(ShardEngine engine, int round, List<GroupInput> events) {
        long position = (long) round * EVENTS;
        for (int from = 0; from < EVENTS; from += BATCH) {
            position++;
            engine.apply(new LogEntry(0, position, START + EVENTS, START + EVENTS, events.subList(from, from + BATCH)));
        }
    }
}
