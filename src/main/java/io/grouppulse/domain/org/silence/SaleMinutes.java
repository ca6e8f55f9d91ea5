package io.grouppulse.domain.org.silence;

import java.util.BitSet;
import java.util.Map;

/**
 * The minutes of a sale so far in which each of its groups was active.
 *
 * @param minutes that are over, counted from {@link SalePlan#firstMinute()}
 * @param active by group id, a bit for each of these minutes; not changed any more
 */
public record SaleMinutes(SalePlan plan, int minutes, Map<String, BitSet> active) {
    public SaleMinutes {
        active = Map.copyOf(active);
    }
}
