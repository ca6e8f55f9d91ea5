package io.grouppulse.ingest.callback;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which callbacks were taken already, for as long as their timestamps let them in. Bounded: past the limit the oldest
 * is forgotten, and only the ids of the events keep a repeat from counting. Thread-safe.
 */
public final class ReplayGuard {
    private static final int CAPACITY = 100_000;

    private final Map<String, Boolean> taken = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    public synchronized boolean isKnown(String key) {
        return taken.containsKey(key);
    }

    public synchronized void remember(String key) {
        taken.put(key, true);
    }
}
