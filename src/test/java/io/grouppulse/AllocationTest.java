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

    private static void apply(ShardEngine engine, int round, List<GroupInput> events) {
        long position = (long) round * EVENTS;
        for (int from = 0; from < EVENTS; from += BATCH) {
            position++;
            engine.apply(new LogEntry(0, position, START + EVENTS, START + EVENTS, events.subList(from, from + BATCH)));
        }
    }
}
