package io.grouppulse.oracle;

import io.grouppulse.domain.event.GroupEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** The ways a network delivers events: late, twice and in odd batches; the same seed gives the same disorder. */
public final class Disorder {

    private Disorder() {}

    /**
     * The events in an order of arrival in which each is at most {@code lateness} behind the largest time that arrived
     * before it, some exactly so.
     *
     * @param duplicatePercent how many of a hundred events arrive a second time, no later than they may
     */
    public static List<GroupEvent> shuffle(List<GroupEvent> events, long lateness, int duplicatePercent, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (GroupEvent event : events) {
            arrivals.add(arrival(event, lateness, random));
            if (random.nextInt(100) < duplicatePercent) {
                arrivals.add(arrival(event, lateness, random));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::lot));
        return arrivals.stream().map(Arrival::event).toList();
    }

    /** The same events cut into batches of 1 to {@code most}. */
    public static List<List<GroupEvent>> batches(List<GroupEvent> events, int most, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<GroupEvent>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int size = random.nextInt(3) == 0 ? 1 : random.nextInt(1, most + 1);
            int to = Math.min(events.size(), from + size);
            batches.add(List.copyOf(events.subList(from, to)));
            from = to;
        }
        return batches;
    }

    /** An event at the moment it comes in, delayed by no more than the lateness; {@code lot} settles ties. */
    private record Arrival(GroupEvent event, long at, long lot) {}

    private static Arrival arrival(GroupEvent event, long lateness, SplittableRandom random) {
        long delay = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> lateness;
            default -> random.nextLong(lateness + 1);
        };
        return new Arrival(event, event.ts() + delay, random.nextLong());
    }
}
