package io.grouppulse.domain.signal.chain;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.TreeMap;

/**
 * Counts entries of 接龙 lists: each {@code chain.joined}, and each numbered line the first time a list shows it. Lists
 * are posted cumulatively, so a line counts at the earliest post that has it and reposts add nothing.
 */
public final class ChainSignal implements GroupSignal {
    private static final long REMEMBERED = 7 * 86_400_000L;

    private final WindowedCounters counters;
    private final TreeMap<Long, Chain> chains = new TreeMap<>();

    public ChainSignal(WindowedCounters counters) {
        this.counters = counters;
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        ChainPost post = event.chain();
        if (event.type() == EventType.CHAIN_JOINED) {
            counters.count(Column.CHAIN_ENTRIES, event.ts(), 1);
        } else if (event.type() == EventType.CHAIN_POSTED && post != null) {
            Chain chain = chains.computeIfAbsent(post.head(), head -> new Chain());
            chain.newest = Math.max(chain.newest, event.ts());
            for (long line : post.lines()) {
                countLine(chain, line, event.ts());
            }
        }
    }

    private void countLine(Chain chain, long line, long ts) {
        Long known = chain.firstSeen.get(line);
        if (known != null && known <= ts) {
            return;
        }
        if (known != null) {
            counters.count(Column.CHAIN_ENTRIES, known, -1);
        }
        chain.firstSeen.put(line, ts);
        counters.count(Column.CHAIN_ENTRIES, ts, 1);
    }

    @Override
    public void onTime(long t) {
        if (!chains.isEmpty()) {
            chains.values().removeIf(chain -> chain.newest < t - REMEMBERED);
        }
    }

    @Override
    public void save(SavedWriter out) {
        out.number(chains.size());
        chains.forEach((head, chain) -> {
            out.fixed(head);
            out.number(chain.newest);
            out.number(chain.firstSeen.size());
            chain.firstSeen.forEach((line, ts) -> {
                out.fixed(line);
                out.number(ts);
            });
        });
    }

    @Override
    public void restore(SavedReader in) {
        int size = in.size();
        for (int i = 0; i < size; i++) {
            Chain chain = new Chain();
            chains.put(in.fixed(), chain);
            chain.newest = in.number();
            int lines = in.size();
            for (int line = 0; line < lines; line++) {
                chain.firstSeen.put(in.fixed(), in.number());
            }
        }
    }

    /** One list: when each of its lines was first seen. */
    private static final class Chain {
        private final TreeMap<Long, Long> firstSeen = new TreeMap<>();
        private long newest = Long.MIN_VALUE;
    }
}
