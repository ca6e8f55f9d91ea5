package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.silence.BlindTimes;
import io.grouppulse.domain.signal.silence.ExposureClock;
import io.grouppulse.domain.signal.silence.Gap;
import io.grouppulse.domain.signal.silence.GapModel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The present gap of one group or node, formed anew only when something it depends on has changed. */
final class Watched {
    private final double budget;
    private Activity activity = Activity.NONE;
    private BlindTimes blind = BlindTimes.NONE;
    private @Nullable ExposureClock clock;
    private @Nullable GapModel model;
    private @Nullable Gap gap;

    Watched(double budget) {
        this.budget = budget;
    }

    /** The gap since the last of these interactions, of which there is at least one. */
    Gap gap(Activity newActivity, ExposureClock newClock, BlindTimes newBlind) {
        Gap known = gap;
        boolean sameClock = newClock == clock;
        if (known != null && sameClock && newBlind.equals(blind) && newActivity.equals(activity)) {
            return known;
        }
        if (!sameClock || model == null) {
            model = GapModel.fit(newActivity.hours(), newClock);
        }
        activity = newActivity;
        clock = newClock;
        blind = newBlind;
        Gap formed = new Gap(newActivity, newClock, Objects.requireNonNull(model), budget, newBlind);
        gap = formed;
        return formed;
    }

    /** The gap as last formed, or null before the first. */
    @Nullable Gap gap() {
        return gap;
    }
}
