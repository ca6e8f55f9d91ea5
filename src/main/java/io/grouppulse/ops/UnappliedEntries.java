package io.grouppulse.ops;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries that this process has appended and whose shards, perhaps on other nodes, have not been heard to have applied
 * them. Thread-safe.
 */
final class UnappliedEntries {
    private final Map<Integer, TreeMap<Long, Map<String, Integer>>> byShard = new HashMap<>();

    /** @param events of the entry, by source */
    synchronized void add(int shard, long position, Map<String, Integer> events) {
        byShard.computeIfAbsent(shard, some -> new TreeMap<>()).put(position, events);
    }

    /** The shards have applied everything up to these positions: returns the events that this settles, by source. */
    synchronized Map<String, Integer> settle(Map<Integer, Long> positions) {
        Map<String, Integer> settled = new HashMap<>();
        positions.forEach((shard, position) -> {
            TreeMap<Long, Map<String, Integer>> waiting = byShard.get(shard);
            if (waiting != null) {
                Map<Long, Map<String, Integer>> done = waiting.headMap(position, true);
                done.values().forEach(events -> events.forEach((source, n) -> settled.merge(source, n, Integer::sum)));
                done.clear();
            }
        });
        return settled;
    }
}
