package io.grouppulse.domain.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The touches of one group's customers by a key, and their paid orders: who of them was converted. Touches and payments
 * come in any order. Not thread-safe.
 */
public final class Journeys {
    /** Cohorts are this long, and told apart by such steps after the touch, millis. */
    public static final long STEP = 300_000;

    private final boolean ofSameKey;
    private final TreeMap<String, Map<Integer, NavigableSet<Long>>> touches = new TreeMap<>();
    private final Map<Integer, TreeMap<Long, List<String>>> payments = new HashMap<>();

    /** @param ofSameKey whether only a paid order with the key of the touch converts it */
    public Journeys(boolean ofSameKey) {
        this.ofSameKey = ofSameKey;
    }

    public void touched(String key, int member, long ts) {
        touches.computeIfAbsent(key, k -> new HashMap<>())
                .computeIfAbsent(member, m -> new TreeSet<>())
                .add(ts);
    }

    /** A paid order of a customer. */
    public void paid(String key, int member, long ts) {
        payments.computeIfAbsent(member, m -> new TreeMap<>())
                .computeIfAbsent(ts, at -> new ArrayList<>(1))
                .add(key);
    }

    /**
     * What became of the touches.
     *
     * @param window how long after a touch a paid order still follows from it, millis, inclusive
     * @param t touches up to {@code t - window} are matured
     */
    public Map<String, Conversion> conversions(long window, long t) {
        Map<String, Conversion> conversions = new TreeMap<>();
        touches.forEach((key, byMember) -> {
            long[] counts = new long[4];
            List<Long> within = new ArrayList<>();
            byMember.forEach((member, times) -> {
                NavigableSet<Long> matured = times.headSet(t - window, true);
                counts[0]++;
                counts[1] += isConverted(key, member, times, window) ? 1 : 0;
                counts[2] += matured.isEmpty() ? 0 : 1;
                counts[3] += isConverted(key, member, matured, window) ? 1 : 0;
            });
            for (long step = STEP; step < window + STEP; step += STEP) {
                long reach = Math.min(step, window);
                within.add(byMember.entrySet().stream()
                        .filter(member -> isConverted(key, member.getKey(), member.getValue(), reach))
                        .count());
            }
            conversions.put(key, new Conversion(counts[0], counts[1], counts[2], counts[3], within));
        });
        return conversions;
    }

    private boolean isConverted(String key, int member, NavigableSet<Long> times, long reach) {
        @Nullable TreeMap<Long, List<String>> paid = payments.get(member);
        return paid != null
                && times.stream()
                        .anyMatch(touch -> paid.subMap(touch, true, touch + reach, true).values().stream()
                                .anyMatch(keys -> !ofSameKey || keys.contains(key)));
    }
}
