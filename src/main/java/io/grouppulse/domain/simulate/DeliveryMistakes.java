package io.grouppulse.domain.simulate;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * An operator's mistakes on the way to the monitor: some events come twice, some come seconds to minutes late. Events
 * go in by time and come out by emission; nothing is lost.
 */
public final class DeliveryMistakes implements Consumer<SimulatedEvent> {
    private static final double LONGEST_DELAY = 8 * 60_000.0;

    private final double duplicates;
    private final double late;
    private final Dice dice;
    private final Consumer<SimulatedEvent> receiver;
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private long order;

    /**
     * @param duplicates what part of the events is sent again
     * @param late what part of the events is held back
     */
    public DeliveryMistakes(double duplicates, double late, long seed, Consumer<SimulatedEvent> receiver) {
        this.duplicates = duplicates;
        this.late = late;
        this.receiver = receiver;
        dice = new Dice(~seed);
    }

    @Override
    public void accept(SimulatedEvent event) {
        long now = event.event().ts();
        releaseUntil(now);
        if (dice.chance(late)) {
            hold(event, now);
        } else {
            receiver.accept(event);
        }
        if (dice.chance(duplicates)) {
            hold(event, now);
        }
    }

    /** Hands over what is still held back. */
    public void finish() {
        releaseUntil(Long.MAX_VALUE);
    }

    private void hold(SimulatedEvent event, long now) {
        double delay = Math.min(LONGEST_DELAY, dice.lognormal(20_000, 1.2));
        held.add(new Held(now + 1 + (long) delay, order++, event));
    }

    private void releaseUntil(long now) {
        Held next = held.peek();
        while (next != null && next.at <= now) {
            receiver.accept(held.remove().event);
            next = held.peek();
        }
    }

    private record Held(long at, long order, SimulatedEvent event) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
