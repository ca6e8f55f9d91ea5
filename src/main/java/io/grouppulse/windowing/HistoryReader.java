package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.ActiveMinutes;
import io.grouppulse.bus.Messages.AskActiveMinutes;
import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.bus.Messages.History;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.Column;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the minute buckets of a shard: summed over its groups, or for each whether something was said. */
final class HistoryReader {
    private static final long MINUTE = 60_000;

    private HistoryReader() {}

    static History read(ShardEngine engine, AskHistory ask) {
        Map<Long, long[]> minutes = new HashMap<>();
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        groups.forEach(group -> add(group, ask, minutes));
        return new History(!groups.isEmpty(), minutes);
    }

    static ActiveMinutes read(ShardEngine engine, AskActiveMinutes ask) {
        Map<String, BitSet> active = new HashMap<>();
        for (GroupState group : ScopedGroups.of(engine, null, ask.org(), ask.only())) {
            BitSet minutes = new BitSet();
            group.forEachMinute(ask.from(), ask.to(), (minute, row) -> {
                if (row.get(Column.INTERACTIONS.ordinal()) > 0) {
                    minutes.set((int) ((minute - ask.from()) / MINUTE));
                }
            });
            active.put(group.group(), minutes);
        }
        return new ActiveMinutes(active);
    }

    private static void add(GroupState group, AskHistory ask, Map<Long, long[]> minutes) {
        List<Column> columns = ask.columns();
        group.forEachMinute(ask.from(), ask.to(), (minute, row) -> {
            long[] sums = minutes.computeIfAbsent(minute, m -> new long[columns.size()]);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row.get(columns.get(i).ordinal());
            }
        });
    }
}
