package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.HourHistory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How much each group talked before a sale, as a share of what its peers did: the prior by which its part in the sale
 * is expected. An active hour says the less of how much was said in it the more hours are active, so hours are turned
 * into the intensity that would leave so many of them empty.
 */
final class PeerShares {
    /** What is believed of any group, in slots: that it is like the others. */
    private static final double BELIEVED = 3;

    private static final long LOOK_BACK = 28 * 24;

    /**
     * A gamma prior of a group's rate, its peers' mean being 1.
     *
     * @param slots as if seen
     * @param exposure in which they were seen, in slots of an average peer
     */
    record Prior(double slots, double exposure) {
        double pace() {
            return slots / exposure;
        }
    }

    private final Map<String, Double> intensities = new HashMap<>();
    private final double mean;

    /** @param startHour hour from the epoch in which the sale begins; what is before it counts */
    PeerShares(Map<String, HourHistory> peers, long startHour) {
        HourHistory all = HourHistory.EMPTY;
        for (HourHistory one : peers.values()) {
            all = all.or(one);
        }
        long hours = activeBefore(all, startHour);
        double sum = 0;
        for (Map.Entry<String, HourHistory> peer : peers.entrySet()) {
            double quiet = (hours - activeBefore(peer.getValue(), startHour) + 0.5) / (hours + 1.0);
            double intensity = hours == 0 ? 0 : -hours * Math.log(quiet);
            intensities.put(peer.getKey(), intensity);
            sum += intensity;
        }
        mean = peers.isEmpty() ? 0 : sum / peers.size();
    }

    private static long activeBefore(HourHistory history, long startHour) {
        long[] count = {0};
        history.forEachActive(startHour - LOOK_BACK, startHour, hour -> count[0]++);
        return count[0];
    }

    /**
     * Of one of the peers.
     *
     * @param mostOfPast so many slots the past of an average group may weigh at most
     */
    Prior of(String group, double mostOfPast) {
        double weight = mean == 0 ? 0 : Math.min(1, mostOfPast / mean);
        double own = Objects.requireNonNull(intensities.get(group), group);
        return new Prior(BELIEVED + weight * own, BELIEVED + weight * mean);
    }
}
