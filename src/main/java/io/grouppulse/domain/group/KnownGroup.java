package io.grouppulse.domain.group;

import io.grouppulse.domain.event.GroupProfile;

/** A group that is known, with its state at hand or asleep. */
public interface KnownGroup {
    GroupProfile profile();

    default String group() {
        return profile().group();
    }

    /** A moment after which nothing happened in it, epoch millis; {@link Long#MAX_VALUE} while something may. */
    long quietSince();

    /** Its state: itself, or what it was before it fell asleep. */
    GroupState awake();
}
