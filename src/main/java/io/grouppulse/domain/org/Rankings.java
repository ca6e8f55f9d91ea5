package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rankings that are asked for, made when they are and kept until nobody has asked for long. */
final class Rankings {
    private static final int MOST = 32;

    private final Map<RankedBy, Ranking> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RankedBy, Ranking> longestUnread) {
            return size() > MOST;
        }
    };

    /** @param before null for a group that is new; {@code after} null for one that is gone */
    void replace(@Nullable GroupReading before, @Nullable GroupReading after) {
        if (kept.isEmpty()) {
            return;
        }
        kept.values().removeIf(ranking -> {
            ranking.replace(before, after);
            return ranking.isNotWorthKeeping();
        });
    }

    /**
     * Ids of the first few in an order.
     *
     * @param groups all with anything in the window, be there others
     */
    List<String> first(RankedBy by, int limit, Iterable<GroupReading> groups) {
        Ranking ranking = kept.get(by);
        if (ranking == null) {
            ranking = new Ranking(by, groups);
            kept.put(by, ranking);
        }
        return ranking.first(limit);
    }

    int size() {
        return kept.size();
    }
}
