package io.grouppulse.domain.signal.stimulus;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.WindowedCounters;

/** Counts what operators post: the shares. */
public final class StimulusSignal implements GroupSignal {
    private final WindowedCounters counters;

    public StimulusSignal(WindowedCounters counters) {
        this.counters = counters;
    }

    @Override
    public void onEvent(Sighting sighting) {
        if (sighting.event().type() == EventType.SHARE_POSTED) {
            counters.count(Column.SHARES, sighting.ts(), 1);
        }
    }

    @Override
    public void save(SavedWriter out) {}

    @Override
    public void restore(SavedReader in) {}
}
