package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.bus.Messages.History;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums minute buckets over the groups of a shard. */
final class HistoryReader {
    private HistoryReader() {}

    static History read(ShardEngine engine, AskHistory ask) {
        Map<Long, long[]> minutes = new HashMap<>();
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        groups.forEach(group -> add(group, ask, minutes));
        return new History(!groups.isEmpty(), minutes);
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
