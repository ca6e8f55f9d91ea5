package io.grouppulse.domain.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Lets a condition pass once it has held for a while, so that one late event is no alarm. Not thread-safe. */
public final class Persistence {
    private final long pending;
    private Map<AlertKey, Long> since = new HashMap<>();

    /** @param pending how long a condition must hold, millis */
    public Persistence(long pending) {
        this.pending = pending;
    }

    /**
     * Those that have held long enough, or are open already.
     *
     * @param now wall clock millis
     */
    public List<Condition> lasting(List<Condition> seen, Set<AlertKey> open, long now) {
        Map<AlertKey, Long> still = new HashMap<>();
        List<Condition> lasting = new ArrayList<>();
        for (Condition condition : seen) {
            long from = Objects.requireNonNull(since.getOrDefault(condition.key(), now));
            still.put(condition.key(), from);
            if (open.contains(condition.key()) || now - from >= pending) {
                lasting.add(condition);
            }
        }
        since = still;
        return lasting;
    }
}
