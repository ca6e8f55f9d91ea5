package io.grouppulse.domain.org;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Counts;
import java.util.List;
import java.util.Map;

/** A reading of which a test needs little: one window, and nothing else has happened. */
final class PlainReading {
    private PlainReading() {}

    static GroupReading of(
            String id, List<String> orgs, Counts window, Map<String, SourceCounts> sources, long rememberedIds) {
        return new GroupReading(
                new GroupProfile(id, null, orgs, 0, List.of(), null),
                ActivityState.NORMAL,
                1,
                1,
                List.of(window),
                Counts.ZERO,
                BreadthReading.NONE,
                Counts.ZERO,
                new RainReading(0, 0, 0),
                SilenceReading.unknown(Long.MIN_VALUE),
                Activity.NONE,
                sources,
                rememberedIds);
    }
}
