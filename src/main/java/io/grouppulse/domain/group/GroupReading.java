package io.grouppulse.domain.group;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Counts;
import java.util.List;
import java.util.Map;

/**
 * All that a group's state says, immutable.
 *
 * @param members customers in the group
 * @param lastInteraction newest interaction, epoch millis, {@link Long#MIN_VALUE} if there never was one
 * @param windows in the order of the settings
 * @param today since the start of the day in the configured zone
 * @param breadth on how many customers the talk of T's day rests
 * @param total since the group was first seen; no distinct members
 * @param rain over the trailing 60 s
 * @param silence how unusual the present gap between interactions is
 * @param activity the hours with an interaction, of which silence is a function
 * @param sources what became of each source's events
 * @param rememberedIds event ids by which duplicates are recognised
 */
public record GroupReading(
        GroupProfile profile,
        ActivityState state,
        long members,
        long lastInteraction,
        List<Counts> windows,
        Counts today,
        BreadthReading breadth,
        Counts total,
        RainReading rain,
        SilenceReading silence,
        Activity activity,
        Map<String, SourceCounts> sources,
        long rememberedIds) {

    public GroupReading {
        windows = List.copyOf(windows);
    }

    public String group() {
        return profile.group();
    }

    /** What became of the events of all sources together. */
    public SourceCounts counted() {
        SourceCounts counted = SourceCounts.NONE;
        for (SourceCounts counts : sources.values()) {
            counted = counted.plus(counts);
        }
        return counted;
    }

    /** The same with another judgement of how alive it is. */
    public GroupReading judged(ActivityState newState, SilenceReading newSilence) {
        return new GroupReading(
                profile,
                newState,
                members,
                lastInteraction,
                windows,
                today,
                breadth,
                total,
                rain,
                newSilence,
                activity,
                sources,
                rememberedIds);
    }

    /** Paid orders, their money in minor units and their distinct buyers, over the trailing 60 s. */
    public record RainReading(long rate, long gmv, long buyers) {}
}
