package io.grouppulse.domain.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When each of many keys is due next, to the second, rounded up. What is not due costs nothing, however far T jumps.
 *
 * @param <K> a key
 */
public final class Deadlines<K> {
    private static final long SECOND = 1_000;

    private final TreeMap<Long, Set<K>> keysByDue = new TreeMap<>();
    private final Map<K, Long> dueOfKey = new HashMap<>();

    /** Makes the key due at {@code due}, unless it is due earlier already; {@link Long#MAX_VALUE} means never. */
    public void schedule(K key, long due) {
        if (due == Long.MAX_VALUE) {
            return;
        }
        long second = Math.floorDiv(due - 1, SECOND) + 1;
        Long known = dueOfKey.get(key);
        if (known != null && known <= second) {
            return;
        }
        if (known != null) {
            remove(key);
        }
        put(key, second);
    }

    /** Makes the key due at {@code due} and at no other time; {@link Long#MAX_VALUE} means never. */
    public void reschedule(K key, long due) {
        if (due == Long.MAX_VALUE) {
            remove(key);
            return;
        }
        long second = Math.floorDiv(due - 1, SECOND) + 1;
        Long known = dueOfKey.get(key);
        if (known == null) {
            put(key, second);
        } else if (known != second) {
            remove(key);
            put(key, second);
        }
    }

    private void put(K key, long second) {
        dueOfKey.put(key, second);
        keysByDue.computeIfAbsent(second, s -> new LinkedHashSet<>()).add(key);
    }

    public void remove(K key) {
        Long second = dueOfKey.remove(key);
        if (second != null) {
            Set<K> keys = keysByDue.get(second);
            if (keys != null && keys.remove(key) && keys.isEmpty()) {
                keysByDue.remove(second);
            }
        }
    }

    /** Takes out every key due at or before {@code t}. */
    public List<K> due(long t) {
        List<K> due = new ArrayList<>();
        while (!keysByDue.isEmpty() && keysByDue.firstKey() * SECOND <= t) {
            for (K key : keysByDue.pollFirstEntry().getValue()) {
                dueOfKey.remove(key);
                due.add(key);
            }
        }
        return due;
    }
}
