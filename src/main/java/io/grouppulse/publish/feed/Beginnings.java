package io.grouppulse.publish.feed;

import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The streams that wait for their first state. One question is out at a time: those that begin meanwhile are in the next,
 * so that however many subscriptions come at once, the roll-up is not kept from its ticks. Belongs to the hub's thread.
 */
final class Beginnings {
    private final Function<Set<StateStream>, Future<?>> read;
    private Set<StateStream> waiting = new LinkedHashSet<>();
    private boolean reading;

    /** @param read reads their states and completes, on the hub's thread, when they have been told, or cannot be */
    Beginnings(Function<Set<StateStream>, Future<?>> read) {
        this.read = read;
    }

    void add(StateStream stream) {
        waiting.add(stream);
        readWaiting();
    }

    private void readWaiting() {
        if (reading || waiting.isEmpty()) {
            return;
        }
        Set<StateStream> next = waiting;
        waiting = new LinkedHashSet<>();
        reading = true;
        read.apply(next).onComplete(done -> {
            reading = false;
            readWaiting();
        });
    }
}
