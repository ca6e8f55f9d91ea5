package io.grouppulse.domain.group;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;

/** A group in which nothing has happened for so long that its state is kept as bytes, from which it wakes as it was. */
public final class SleepingGroup implements KnownGroup {
    private final GroupProfile profile;
    private final long quietSince;
    private final byte[] bytes;
    private final GroupSettings settings;
    private final WindowPlan plan;

    /**
     * Puts a group to sleep; its state is not to be used any more.
     *
     * @param receivedAt the wall clock of the newest reception in the group's log, up to an hour of difference between clocks
     */
    public SleepingGroup(GroupState group, long receivedAt, WindowPlan plan) {
        this.profile = group.profile();
        this.quietSince = group.lastChange + GroupState.AHEAD;
        this.settings = group.settings;
        this.plan = plan;
        group.ids.forgetUnreachable(receivedAt);
        this.bytes = SavedGroup.pack(group);
    }

    /** Leaves a group asleep that was packed to these bytes when it was saved. */
    SleepingGroup(GroupState group, byte[] bytes, WindowPlan plan) {
        this.profile = group.profile();
        this.quietSince = group.lastChange + GroupState.AHEAD;
        this.settings = group.settings;
        this.plan = plan;
        this.bytes = bytes;
    }

    @Override
    public GroupProfile profile() {
        return profile;
    }

    @Override
    public long quietSince() {
        return quietSince;
    }

    /** A new copy each time. */
    @Override
    public GroupState awake() {
        return SavedGroup.unpack(profile, bytes, settings, plan);
    }
}
