package io.grouppulse.domain.reach;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the customers whom something touched, summed over groups.
 *
 * @param touched customers with a touch
 * @param converted those of them with a paid order within the conversion window of one
 * @param maturedTouched customers with a touch whose conversion window has passed; {@code maturedConverted} those of them
 *     with a paid order within the window of one of these
 * @param within customers with a paid order within the first 5, 10, … minutes after a touch
 */
public record Conversion(long touched, long converted, long maturedTouched, long maturedConverted, List<Long> within) {
    /** Nobody was touched. */
    public static final Conversion NONE = new Conversion(0, 0, 0, 0, List.of());

    public Conversion {
        within = List.copyOf(within);
    }

    public Conversion plus(Conversion other) {
        List<Long> sums = new ArrayList<>(within.size() < other.within.size() ? other.within : within);
        List<Long> fewer = within.size() < other.within.size() ? within : other.within;
        for (int i = 0; i < fewer.size(); i++) {
            sums.set(i, sums.get(i) + fewer.get(i));
        }
        return new Conversion(
                touched + other.touched,
                converted + other.converted,
                maturedTouched + other.maturedTouched,
                maturedConverted + other.maturedConverted,
                sums);
    }
}
