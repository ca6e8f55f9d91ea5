package io.grouppulse.domain.signal;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;

/**
 * One family of numbers about one group, moved by events and by time; it writes them into the group's
 * {@link WindowedCounters}. What it says is a function of the set of events and of T, never of their order. Not
 * thread-safe: one shard owns it.
 */
public interface GroupSignal {

    /** Takes one event, each once, in any order; T has already been advanced to the moment of its arrival. */
    void onEvent(Sighting sighting);

    /** Takes the passing of time to {@code t}, after the counters were advanced; {@code t} never goes back. */
    default void onTime(long t) {}

    /** The first moment at which time alone changes what it says. */
    default long nextDue() {
        return Long.MAX_VALUE;
    }

    /** Takes an act of which another shard told, in any order. */
    default void onAct(Act act) {}

    /** An act that {@link #onAct} was told of belongs to another group, or to none. */
    default void onActTakenBack(Act act) {}

    /** Takes back all that a member counted for as a customer: the registry says it is none. */
    default void onExcluded(int member) {}

    void save(SavedWriter out);

    void restore(SavedReader in);

    /**
     * An event with what the group knows about it.
     *
     * @param key the event's 64-bit identity within its source
     * @param member index of the member in the group's directory, -1 if the event names none
     * @param customer whether the event counts as a customer's act
     */
    record Sighting(GroupEvent event, long key, int member, boolean customer) {
        public long ts() {
            return event.ts();
        }
    }
}
