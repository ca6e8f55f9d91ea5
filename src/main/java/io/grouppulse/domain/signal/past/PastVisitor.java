package io.grouppulse.domain.signal.past;

import io.grouppulse.domain.event.EventType;

/** Receives one event of a customer: what it was, when in epoch millis, by which member of the group, naming what. */
@FunctionalInterface
public interface PastVisitor {
    void visit(EventType type, long ts, int member, PastTrait trait);
}
