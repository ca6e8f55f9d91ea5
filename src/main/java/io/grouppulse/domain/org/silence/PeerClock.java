package io.grouppulse.domain.org.silence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much goes on in a minute of a sale, told by how many of its groups were active: the intensity at which an average
 * group talks, so that groups of these paces would be expected to be active in just that number. When nearly all are
 * active it is the slow ones that tell how much goes on. A pace is only believed, so more is expected to be quiet than
 * if it were known. Groups of about the same pace are taken together.
 */
final class PeerClock {
    private static final double CLASSES_A_DOUBLING = 4;
    private static final int HALVINGS = 40;
    private static final double HIGHEST = 200;

    /** As if half a group more were not active: what all did says only that there was much. */
    private static final double NOT_ALL = 0.5;

    private record PaceClass(double pace, int groups) {}

    private final List<PaceClass> classes = new ArrayList<>();
    private final double belief;
    private final int groups;
    private final Map<Integer, Double> known = new HashMap<>();

    /** @param priors of all groups, the mean of their paces being about 1, of one exposure */
    PeerClock(List<PeerShares.Prior> priors) {
        belief = priors.get(0).exposure();
        Map<Long, Integer> counts = new HashMap<>();
        for (PeerShares.Prior prior : priors) {
            counts.merge(Math.round(CLASSES_A_DOUBLING * Math.log(prior.pace()) / Math.log(2)), 1, Integer::sum);
        }
        counts.forEach((place, count) -> classes.add(new PaceClass(Math.pow(2, place / CLASSES_A_DOUBLING), count)));
        groups = priors.size();
    }

    /** Interactions of a group of pace 1 in a minute in which so many groups were active; 0 if none was. */
    double intensity(int active) {
        return known.computeIfAbsent(active, this::solve);
    }

    private double solve(int active) {
        double seen = Math.min(active, groups - NOT_ALL);
        double low = 0;
        double high = HIGHEST;
        for (int i = 0; active > 0 && i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (expectedActive(middle) < seen) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double expectedActive(double intensity) {
        double sum = 0;
        double each = belief * Math.log1p(intensity / belief);
        for (PaceClass some : classes) {
            sum += some.groups() * -Math.expm1(-some.pace() * each);
        }
        return sum;
    }
}
