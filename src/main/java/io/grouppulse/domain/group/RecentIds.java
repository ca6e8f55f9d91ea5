package io.grouppulse.domain.group;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The event ids of the last hours, in generations by the time of reception: an id is remembered for at least the given
 * time and at most an eighth longer. What is a duplicate depends on the log alone, never on when memory was freed.
 */
final class RecentIds {
    private static final int GENERATIONS = 8;
    private static final long CLOCKS_APART = 3_600_000;
    private static final String PART = "ids-";

    private final long span;
    private final List<Generation> generations = new ArrayList<>(2);
    private final Set<Long> dropped = new HashSet<>();
    private long newestSaved = Long.MIN_VALUE;
    private boolean isSaved = true;

    /** The ids received in one span of time, by the number of that span; the list of them is sorted. */
    private record Generation(long number, LongHashSet ids) {}

    RecentIds(long remembered) {
        this.span = Math.max(1, (remembered + GENERATIONS - 1) / GENERATIONS);
    }

    /** Remembers an id; false if it was known. */
    boolean add(long key, long receivedAt) {
        long number = Math.floorDiv(receivedAt, span);
        Generation current = null;
        for (int i = generations.size() - 1; i >= 0 && generations.get(i).number >= number - GENERATIONS; i--) {
            Generation generation = generations.get(i);
            if (generation.ids.contains(key)) {
                return false;
            }
            current = generation.number == number ? generation : current;
        }
        if (current == null) {
            current = new Generation(number, new LongHashSet());
            insert(current);
        }
        current.ids.add(key);
        newestSaved = Math.min(newestSaved, number - 1);
        return true;
    }

    private void insert(Generation added) {
        int at = generations.size();
        while (at > 0 && generations.get(at - 1).number > added.number) {
            at--;
        }
        generations.add(at, added);
    }

    /** Forgets what no reception can reach any more, be its clock an hour behind {@code receivedAt}. */
    void forgetUnreachable(long receivedAt) {
        long oldest = Math.floorDiv(receivedAt - CLOCKS_APART, span) - GENERATIONS;
        while (!generations.isEmpty() && generations.get(0).number < oldest) {
            dropped.add(generations.remove(0).number);
        }
    }

    /** How many ids are remembered as of the newest reception. */
    int size() {
        int size = 0;
        for (Generation generation : generations) {
            if (generation.number >= generations.get(generations.size() - 1).number - GENERATIONS) {
                size += generation.ids.size();
            }
        }
        return size;
    }

    /** Writes the generations that changed since the last call, by name; null for one that is no longer needed. */
    void save(long receivedAt, Map<String, byte @Nullable []> parts) {
        if (isSaved) {
            dropped.clear();
        }
        isSaved = true;
        long oldest = Math.floorDiv(receivedAt, span) - GENERATIONS;
        while (!generations.isEmpty() && generations.get(0).number < oldest) {
            dropped.add(generations.remove(0).number);
        }
        dropped.forEach(number -> parts.put(nameOf(number), null));
        for (Generation generation : generations) {
            if (generation.number > newestSaved) {
                parts.put(nameOf(generation.number), write(generation.ids));
            }
        }
        if (!generations.isEmpty()) {
            newestSaved = Math.max(newestSaved, generations.get(generations.size() - 1).number - 1);
        }
    }

    /** The last {@link #save} came to nothing: the next one writes everything, and drops again what it dropped. */
    void unsaved() {
        newestSaved = Long.MIN_VALUE;
        isSaved = false;
    }

    /** Names every part that the store may have, those included whose dropping is not known to have come through. */
    void nameAll(Map<String, byte @Nullable []> parts) {
        generations.forEach(generation -> parts.put(nameOf(generation.number), null));
        dropped.forEach(number -> parts.put(nameOf(number), null));
    }

    private static String nameOf(long generation) {
        return PART + generation;
    }

    private static long numberOf(String name) {
        return Long.parseLong(name.substring(PART.length()));
    }

    /** Takes back that a generation was dropped under this name. */
    void restoreDropped(String name) {
        dropped.add(numberOf(name));
    }

    private static byte[] write(LongHashSet ids) {
        long[] sorted = new long[ids.size()];
        LongHashSet.LongIterator unsorted = ids.iterator();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = unsorted.nextValue();
        }
        Arrays.sort(sorted);
        SavedWriter out = new SavedWriter(10 + sorted.length * Long.BYTES);
        out.number(sorted.length);
        for (long id : sorted) {
            out.fixed(id);
        }
        return out.toBytes();
    }

    /** Takes back one generation under the name it was saved. */
    void restore(String name, byte[] bytes) {
        long generation = numberOf(name);
        SavedReader in = new SavedReader(bytes);
        LongHashSet ids = new LongHashSet();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            ids.add(in.fixed());
        }
        in.end();
        insert(new Generation(generation, ids));
        newestSaved = Math.max(newestSaved, generation - 1);
    }
}
