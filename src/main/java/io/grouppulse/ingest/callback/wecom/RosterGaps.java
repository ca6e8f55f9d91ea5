package io.grouppulse.ingest.callback.wecom;

import io.grouppulse.eventlog.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions of rosters from which a change started here, while no change known here has led to them. Another node may have taken that
 * change a moment ago, so they are looked for in the journal that all share, {@value #GRACE_MILLIS} ms later, before anybody is asked
 * for a roster. Thread-safe.
 */
final class RosterGaps {
    /** A node has written by then, in milliseconds, what it has taken. */
    static final long GRACE_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(RosterGaps.class);
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    /** Of its time, the thread reads the journal at most one in so many parts. */
    private static final long REST = 10;

    private final Journal journal;
    private final Executor reader;
    private final Queue<Gap> gaps = new ConcurrentLinkedQueue<>();
    private long restUntil = System.nanoTime();

    private record Gap(RosterLine line, long due, Runnable report) {}

    RosterGaps(Journal journal, Executor reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /** @param report is run unless a node has taken the change that leads to this version */
    void add(RosterLine line, Runnable report) {
        gaps.add(new Gap(line, System.nanoTime() + GRACE, report));
        lookIn(GRACE);
    }

    private void lookIn(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, reader).execute(this::look);
    }

    /** One reading for all that are due. */
    private void look() {
        long now = System.nanoTime();
        Gap first = gaps.peek();
        if (first == null || first.due() - now > 0) {
            return;
        }
        if (restUntil - now > 0) {
            lookIn(restUntil - now);
            return;
        }
        settle(now);
        long end = System.nanoTime();
        restUntil = end + REST * (end - now);
    }

    /** Those that are still open are settled now; no look may run any more. */
    void settleAll() {
        settle(System.nanoTime() + GRACE);
    }

    private void settle(long until) {
        List<Gap> due = new ArrayList<>();
        for (Gap gap = gaps.peek(); gap != null && gap.due() - until <= 0; gap = gaps.peek()) {
            due.add(gap);
            gaps.remove();
        }
        if (due.isEmpty()) {
            return;
        }
        Set<RosterLine> open = new HashSet<>();
        due.forEach(gap -> open.add(gap.line()));
        try {
            journal.load(line -> open.remove(RosterLine.parse(line)));
        } catch (IOException e) {
            LOG.warn("roster versions of other nodes cannot be read place={}", journal.place(), e);
        }
        due.stream()
                .filter(gap -> open.contains(gap.line()))
                .forEach(gap -> gap.report().run());
    }
}
