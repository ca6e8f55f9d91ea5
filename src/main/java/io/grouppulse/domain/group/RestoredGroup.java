package io.grouppulse.domain.group;

import io.grouppulse.domain.signal.WindowPlan;
import java.util.Map;

/**
 * A group with what it was restored from, so that it can be left asleep without being written again.
 *
 * @param group not to be used any more once it is left asleep
 * @param parts what was saved
 * @param stateFrom where in the part {@code state} the group's state begins, after the profile
 */
public record RestoredGroup(GroupState group, Map<String, byte[]> parts, int stateFrom) {

    /**
     * Whether it slept when it was saved and nothing has been due in it until T = {@code now}: what it said then it still
     * says, until its {@link GroupState#nextDue}.
     */
    public boolean isSettledAt(long now) {
        return group.maySleep() && group.nextDue() > now;
    }

    /** Leaves it asleep as it was when it was saved. */
    public SleepingGroup asleep(WindowPlan plan) {
        return new SleepingGroup(group, SavedGroup.pack(parts, stateFrom), plan);
    }
}
