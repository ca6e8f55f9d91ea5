package io.grouppulse.domain.signal;

import io.grouppulse.domain.event.EventType;
import java.util.function.Predicate;

/** What is remembered of what each customer did, for signals that must fall back on it when an act is taken back. */
public interface MemberPast {
    /** When the member last did something of such a type, epoch millis, or {@link LastSeen#NEVER}. */
    long newest(int member, Predicate<EventType> type);

    /** When the member was last known to be in, by anything but a leave, or {@link LastSeen#NEVER}. */
    long lastIn(int member);

    /** How many interactions of the member lie in {@code from <= ts < to}. */
    int interactions(int member, long from, long to);
}
