package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.ActiveMinutes;
import io.grouppulse.bus.Messages.AskActiveMinutes;
import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.bus.Messages.History;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the minute buckets of a shard: summed over its groups, or for each whether something was said. */
final class HistoryReader {
    private static final long MINUTE = 60_000;

    private HistoryReader() {}

    static GroupWalk<History> walk(ShardEngine engine, AskHistory ask) {
        Map<Long, long[]> minutes = new HashMap<>();
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        return new GroupWalk<>(groups, group -> add(group, ask, minutes), () -> new History(!groups.isEmpty(), minutes))
                .since(ask.from());
    }

    static GroupWalk<ActiveMinutes> walk(ShardEngine engine, AskActiveMinutes ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, null, ask.org(), ask.only());
        Map<String, BitSet> active = new HashMap<>();
        groups.forEach(group -> active.put(group.group(), new BitSet()));
        return new GroupWalk<>(
                        groups,
                        group -> active.put(group.group(), activeMinutes(group, ask)),
                        () -> new ActiveMinutes(active))
                .since(ask.from());
    }

    private static BitSet activeMinutes(GroupState group, AskActiveMinutes ask) {
        BitSet minutes = new BitSet();
        group.forEachMinute(ask.from(), ask.to(), (minute, row) -> {
            if (row.get(Column.INTERACTIONS.ordinal()) > 0) {
                minutes.set((int) ((minute - ask.from()) / MINUTE));
            }
        });
        return minutes;
    }

    private static void add(GroupState group, AskHistory ask, Map<Long, long[]> minutes) {
        List<Column> columns = ask.columns();
        int width = columns.size() + ask.acts().size();
        group.forEachMinute(ask.from(), ask.to(), (minute, row) -> {
            long[] sums = minutes.computeIfAbsent(minute, m -> new long[width]);
            for (int i = 0; i < columns.size(); i++) {
                sums[i] += row.get(columns.get(i).ordinal());
            }
        });
        if (!ask.acts().isEmpty()) {
            for (Stimulus stimulus : group.stimuli(ask.from(), ask.to())) {
                int act = ask.acts().indexOf(stimulus.type());
                if (act >= 0) {
                    minutes.computeIfAbsent(Math.floorDiv(stimulus.ts(), MINUTE) * MINUTE, m -> new long[width])[
                            columns.size() + act]++;
                }
            }
        }
    }
}
