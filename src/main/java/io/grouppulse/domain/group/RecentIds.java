package io.grouppulse.domain.group;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The event ids of the last hours, in generations by the time of reception: an id is remembered for at least the given
 * time and at most an eighth longer. What is a duplicate depends on the log alone, never on when memory was freed.
 */
final class RecentIds {
    private static final int GENERATIONS = 8;

    private final long span;
    private final TreeMap<Long, LongHashSet> generations = new TreeMap<>();
    private final Set<Long> dropped = new HashSet<>();
    private long newestSaved = Long.MIN_VALUE;
    private boolean isSaved = true;

    RecentIds(long remembered) {
        this.span = Math.max(1, (remembered + GENERATIONS - 1) / GENERATIONS);
    }

    /** Remembers an id; false if it was known. */
    boolean add(long key, long receivedAt) {
        long generation = Math.floorDiv(receivedAt, span);
        for (LongHashSet ids : generations.tailMap(generation - GENERATIONS).values()) {
            if (ids.contains(key)) {
                return false;
            }
        }
        generations.computeIfAbsent(generation, g -> new LongHashSet()).add(key);
        newestSaved = Math.min(newestSaved, generation - 1);
        return true;
    }

    int size() {
        return generations.values().stream().mapToInt(LongHashSet::size).sum();
    }

    /** Writes the generations that changed since the last call, by name; null for one that is no longer needed. */
    void save(long receivedAt, Map<String, byte @Nullable []> parts) {
        if (isSaved) {
            dropped.clear();
        }
        isSaved = true;
        long oldest = Math.floorDiv(receivedAt, span) - GENERATIONS;
        while (!generations.isEmpty() && generations.firstKey() < oldest) {
            dropped.add(generations.pollFirstEntry().getKey());
        }
        dropped.forEach(generation -> parts.put(nameOf(generation), null));
        generations.tailMap(newestSaved, false).forEach((generation, ids) -> parts.put(nameOf(generation), write(ids)));
        if (!generations.isEmpty()) {
            newestSaved = Math.max(newestSaved, generations.lastKey() - 1);
        }
    }

    /** The last {@link #save} came to nothing: the next one writes everything, and drops again what it dropped. */
    void unsaved() {
        newestSaved = Long.MIN_VALUE;
        isSaved = false;
    }

    /** Names every part that the store may have, those included whose dropping is not known to have come through. */
    void nameAll(Map<String, byte @Nullable []> parts) {
        generations.keySet().forEach(generation -> parts.put(nameOf(generation), null));
        dropped.forEach(generation -> parts.put(nameOf(generation), null));
    }

    private static String nameOf(long generation) {
        return "ids-" + generation;
    }

    private static byte[] write(LongHashSet ids) {
        long[] sorted = ids.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        SavedWriter out = new SavedWriter();
        out.number(sorted.length);
        for (long id : sorted) {
            out.fixed(id);
        }
        return out.toBytes();
    }

    /** Takes back one generation under the name it was saved. */
    void restore(String name, byte[] bytes) {
        long generation = Long.parseLong(name.substring("ids-".length()));
        SavedReader in = new SavedReader(bytes);
        LongHashSet ids = new LongHashSet();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            ids.add(in.fixed());
        }
        in.end();
        generations.put(generation, ids);
        newestSaved = Math.max(newestSaved, generation - 1);
    }
}
