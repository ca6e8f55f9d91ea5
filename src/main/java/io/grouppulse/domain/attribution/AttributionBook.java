package io.grouppulse.domain.attribution;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shard with their touches and their orders that name no group, and what became of these orders. What
 * it says is a function of the set of traces and events. Touches go when no order can be made within their reach any
 * more, orders after their retention; what an order added to the sums stays. Not thread-safe.
 */
public final class AttributionBook {
    private final GroupSettings settings;
    private final Map<String, MemberTrail> trails = new HashMap<>();
    private final EnumMap<Part, Counts.Sum> sums = new EnumMap<>(Part.class);
    private final Map<OpenOrder, String> undecided = new LinkedHashMap<>();
    private final Set<String> unsaved = new LinkedHashSet<>();
    private long nextSweep = Long.MIN_VALUE;
    private @Nullable AttributionReading told;

    public AttributionBook(GroupSettings settings) {
        this.settings = settings;
        for (Part part : Part.values()) {
            sums.put(part, new Counts.Sum());
        }
    }

    /** Takes a trace, any number of times, in any order. */
    public void onTrace(MemberTrace trace) {
        MemberTrail trail = trailOf(trace.member());
        String order = trace.order();
        if (!trace.type().isTouch() && order != null) {
            OpenOrder open = trail.order(trace.source(), order);
            if (open.names.add(trace) && !open.events.isEmpty()) {
                undecided.put(open, trace.member());
            }
        } else if (trail.touches.add(Touch.of(trace))) {
            trail.orders
                    .values()
                    .forEach(ofSource -> ofSource.values().stream()
                            .filter(open -> !open.events.isEmpty())
                            .forEach(open -> undecided.put(open, trace.member())));
        }
    }

    /** Takes an order event that names no group. */
    public void onEvent(GroupEvent event) {
        String member = event.member();
        String order = event.order();
        if (member != null && order != null) {
            OpenOrder open = trailOf(member).order(event.source(), order);
            open.add(event);
            undecided.put(open, member);
        }
    }

    /** Puts the substitute in the member's place; it has no other trail. Nothing may be undecided. */
    public void erase(MemberErasure erasure) {
        MemberTrail trail = trails.remove(erasure.member());
        if (trail != null) {
            // a record does not say whose it is
            restoreMember(erasure.substitute(), SavedTrail.save(trail));
            unsaved.add(erasure.member());
            unsaved.add(erasure.substitute());
        }
    }

    private MemberTrail trailOf(String member) {
        unsaved.add(member);
        return trails.computeIfAbsent(member, m -> new MemberTrail());
    }

    /** Decides about all orders that what came since the last call may concern, as of T. */
    public List<Verdict> decide(long t) {
        List<Verdict> verdicts = new ArrayList<>();
        undecided.forEach((open, member) -> {
            Decision before = open.decision();
            Decision after = trailOf(member).decide(open, settings);
            if (open.isChanged() || !after.equals(before)) {
                if (before != null) {
                    sum(before).subtract(open.counts());
                }
                open.decided(after);
                sum(after).add(open.counts());
                told = null;
                verdicts.add(new Verdict(member, open.source, open.order, before, after, List.copyOf(open.events)));
            }
        });
        undecided.clear();
        if (t > Long.MIN_VALUE && t >= nextSweep) {
            nextSweep = t + settings.lateness();
            sweep(t);
        }
        return verdicts;
    }

    private Counts.Sum sum(Decision decision) {
        return Objects.requireNonNull(sums.get(decision.part()));
    }

    private void sweep(long t) {
        trails.entrySet().removeIf(entry -> {
            MemberTrail trail = entry.getValue();
            if (trail.forget(settings, t)) {
                unsaved.add(entry.getKey());
            }
            return trail.isEmpty();
        });
    }

    public AttributionReading read() {
        AttributionReading reading = told;
        if (reading == null) {
            reading = new AttributionReading(
                    Objects.requireNonNull(sums.get(Part.ATTRIBUTED)).read(),
                    Objects.requireNonNull(sums.get(Part.AMBIGUOUS)).read(),
                    Objects.requireNonNull(sums.get(Part.UNATTRIBUTED)).read());
            told = reading;
        }
        return reading;
    }

    public boolean hasUnsaved() {
        return !unsaved.isEmpty();
    }

    /** The records of the members that changed since the last call, null for one that is forgotten. */
    public Map<String, byte @Nullable []> saveMembers() {
        Map<String, byte @Nullable []> records = new HashMap<>();
        for (String member : unsaved) {
            MemberTrail trail = trails.get(member);
            records.put(member, trail == null ? null : SavedTrail.save(trail));
        }
        unsaved.clear();
        return records;
    }

    /** The last {@link #saveMembers} of these did not reach the store. */
    public void unsaved(Set<String> members) {
        unsaved.addAll(members);
    }

    public void saveSums(SavedWriter out) {
        out.number(nextSweep);
        sums.values().forEach(sum -> SavedTrail.save(out, sum.read()));
    }

    public void restoreSums(SavedReader in) {
        nextSweep = in.number();
        sums.values().forEach(sum -> sum.add(SavedTrail.restoreCounts(in)));
        told = null;
    }

    public void restoreMember(String member, byte[] record) {
        trails.put(member, SavedTrail.restore(member, record));
    }
}
