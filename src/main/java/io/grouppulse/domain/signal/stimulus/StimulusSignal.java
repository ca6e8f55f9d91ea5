package io.grouppulse.domain.signal.stimulus;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the shares, and remembers every operator action for as long as the history goes back. */
public final class StimulusSignal implements GroupSignal {
    private static final Comparator<Stimulus> IN_TIME =
            Comparator.comparingLong(Stimulus::ts).thenComparing(Stimulus::id);

    private final GroupSettings settings;
    private final WindowedCounters counters;
    private final List<Stimulus> stimuli = new ArrayList<>();

    public StimulusSignal(GroupSettings settings, WindowedCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        if (!event.type().isStimulus()) {
            return;
        }
        if (event.type() == EventType.SHARE_POSTED) {
            counters.count(Column.SHARES, event.ts(), 1);
        }
        Stimulus stimulus = new Stimulus(event.ts(), event.type(), event.id(), event.share(), event.item());
        int at = stimuli.size();
        while (at > 0 && IN_TIME.compare(stimuli.get(at - 1), stimulus) > 0) {
            at--;
        }
        stimuli.add(at, stimulus);
    }

    @Override
    public void onTime(long t) {
        int old = 0;
        while (old < stimuli.size() && stimuli.get(old).ts() < t - settings.historyRetention()) {
            old++;
        }
        if (old > 0) {
            stimuli.subList(0, old).clear();
        }
    }

    /** The actions with {@code from <= ts < to}, oldest first. */
    public List<Stimulus> between(long from, long to) {
        return stimuli.stream()
                .filter(stimulus -> stimulus.ts() >= from && stimulus.ts() < to)
                .toList();
    }

    @Override
    public void save(SavedWriter out) {
        out.number(stimuli.size());
        for (Stimulus stimulus : stimuli) {
            out.number(stimulus.ts());
            out.text(stimulus.type().wireName());
            out.text(stimulus.id());
            out.text(stimulus.share());
            out.text(stimulus.item());
        }
    }

    @Override
    public void restore(SavedReader in) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            long ts = in.number();
            EventType type = EventType.ofWireName(in.text());
            String id = in.text();
            String share = in.textOrNull();
            String item = in.textOrNull();
            if (type != null) {
                stimuli.add(new Stimulus(ts, type, id, share, item));
            }
        }
    }
}
