package io.grouppulse.windowing;

import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.group.RestoredGroup;
import io.grouppulse.domain.group.SleepingGroup;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import io.grouppulse.domain.window.Deadlines;
import io.grouppulse.eventlog.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one shard: entries of the log go in, in order, and readings of what changed come out. Plain Java, one
 * owner, no clock of its own; a recovered engine given the same entries says the same.
 */
public final class ShardEngine {
    private final GroupSettings settings;
    private final WindowPlan plan;
    private final boolean followsEvents;
    private final Map<String, KnownGroup> groups = new HashMap<>();
    private final Deadlines<String> deadlines = new Deadlines<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> removed = new HashSet<>();

    /** What groups that were restored asleep say until they change, or something is due in them; for the first tick. */
    private final Map<String, GroupReading> restored = new HashMap<>();

    private final NewestOrders newestOrders = new NewestOrders();
    private final ShardAttribution attribution;
    private final ShardSaving saving;
    private long t = Long.MIN_VALUE;
    private long position;
    private long receivedAt;

    /** @param followsEvents whether T is the largest event time, so that each event is applied at its own time */
    public ShardEngine(GroupSettings settings, boolean followsEvents) {
        this.settings = settings;
        this.plan = new WindowPlan(settings.windows());
        this.followsEvents = followsEvents;
        this.attribution = new ShardAttribution(settings, newestOrders);
        this.saving = new ShardSaving(groups, newestOrders, attribution);
    }

    /** What the measures of its groups depend on. */
    public GroupSettings settings() {
        return settings;
    }

    /** The last entry applied. */
    public long position() {
        return position;
    }

    /** The newest T seen. */
    public long t() {
        return t;
    }

    /**
     * What became of an entry.
     *
     * @param applied how many of its events counted
     * @param duplicates how many were known
     * @param derived what the groups of attributed orders are to be told; the same entry always derives the same
     */
    public record Applied(int applied, int duplicates, List<AttributedOrder> derived) {}

    /** Applies one entry; a group that already contains it skips it. Entries up to {@link #position} change nothing. */
    public Applied apply(LogEntry entry) {
        if (entry.position() <= position) {
            return new Applied(0, 0, List.of());
        }
        position = entry.position();
        t = Math.max(t, entry.asOf());
        receivedAt = Math.max(receivedAt, entry.receivedAt());
        List<GroupState> touched = new ArrayList<>();
        int applied = 0;
        int duplicates = 0;
        for (GroupInput input : entry.inputs()) {
            if (input instanceof GroupRemoval) {
                touched.removeIf(group -> group.group().equals(input.group()));
                remove(input.group());
                continue;
            }
            if (input instanceof MemberTrace trace) {
                attribution.onTrace(trace, position);
                continue;
            }
            if (input instanceof MemberErasure erasure) {
                erase(erasure, touched);
                continue;
            }
            GroupState group = wake(input.group());
            if (group.position() >= entry.position()) {
                continue;
            }
            touch(group, touched);
            if (input instanceof AttributedOrder order) {
                attribute(group, order);
            } else if (apply(group, input, entry.receivedAt())) {
                applied++;
            } else {
                duplicates++;
            }
        }
        for (GroupState group : touched) {
            group.reached(entry.position(), entry.receivedAt());
            noteChange(group);
        }
        return new Applied(applied, duplicates, attribution.decide(position, t));
    }

    /** Notes a group once for each entry. */
    private void touch(GroupState group, List<GroupState> touched) {
        if (group.isFirstTouch(position)) {
            touched.add(group);
        }
    }

    /** Comes as an entry of its own: what came before it in the log has been decided. */
    private void erase(MemberErasure erasure, List<GroupState> touched) {
        for (Map.Entry<String, KnownGroup> known : groups.entrySet()) {
            GroupState group = known.getValue().awake();
            if (group.position() < position && group.erase(erasure)) {
                known.setValue(group);
                touch(group, touched);
            }
        }
        attribution.erase(erasure, position);
        newestOrders.forget(erasure.member());
    }

    private void attribute(GroupState group, AttributedOrder told) {
        long paidBefore = group.ordersPaid();
        group.attribute(told, t);
        if (group.ordersPaid() != paidBefore) {
            newestOrders.replace(
                    group.group(), told.source(), told.order(), ShardAttribution.payment(group.group(), told.events()));
        }
    }

    private boolean apply(GroupState group, GroupInput input, long receivedAt) {
        if (input instanceof GroupEvent event) {
            return applyEvent(group, event, receivedAt);
        } else if (input instanceof GroupProfile profile) {
            group.register(profile, t);
        } else if (input instanceof GroupRoster roster) {
            group.enrol(roster, t);
        }
        return true;
    }

    private boolean applyEvent(GroupState group, GroupEvent event, long receivedAt) {
        if (followsEvents) {
            t = Math.max(t, event.ts());
        }
        long paidBefore = group.ordersPaid();
        boolean isNew = group.apply(event, receivedAt, t);
        if (isNew && event.group().isEmpty()) {
            attribution.onEvent(event, position);
        } else if (isNew && event.type() == EventType.ORDER_PAID && group.ordersPaid() > paidBefore) {
            newestOrders.add(PaidOrder.of(event));
        }
        return isNew;
    }

    private GroupState wake(String id) {
        KnownGroup known = groups.get(id);
        if (known instanceof GroupState awake) {
            return awake;
        }
        restored.remove(id);
        GroupState group = known == null ? new GroupState(id, settings, plan) : known.awake();
        groups.put(id, group);
        return group;
    }

    /** Puts a group to sleep, quiet or not: it wakes as it was. */
    void sleep(String id) {
        groups.computeIfPresent(id, (same, known) -> known instanceof GroupState awake ? asleep(awake) : known);
    }

    private SleepingGroup asleep(GroupState group) {
        return new SleepingGroup(group, receivedAt, plan);
    }

    private void remove(String id) {
        KnownGroup group = groups.remove(id);
        if (group != null) {
            deadlines.remove(id);
            restored.remove(id);
            changed.remove(id);
            removed.add(id);
            saving.noteRemoval(group.awake());
        }
    }

    /** The next tick reads it, whenever it would have been due. */
    private void noteChange(GroupState group) {
        changed.add(group.group());
        restored.remove(group.group());
        removed.remove(group.group());
        saving.noteChange(group.group());
    }

    /**
     * What changed since the last call, as of {@code now}.
     *
     * @param removed groups that are gone
     * @param paidOrders orders paid since, oldest first
     * @param withdrawn paid orders that count no more in the group they were shown in
     */
    public record Readings(
            List<GroupReading> changed,
            Set<String> removed,
            List<PaidOrder> paidOrders,
            List<PaidOrder> withdrawn,
            AttributionReading attribution) {}

    /** Moves T on and reads every group that an event or the passing of time has changed. */
    public Readings tick(long now) {
        t = Math.max(t, now);
        for (String id : deadlines.due(t)) {
            changed.add(id);
            restored.remove(id);
        }
        List<GroupReading> readings = new ArrayList<>(changed.size());
        for (String id : changed) {
            GroupReading stillTrue = restored.remove(id);
            KnownGroup known = groups.get(id);
            if (stillTrue != null) {
                readings.add(stillTrue);
            } else if (known != null) {
                readings.add(read(known));
            }
        }
        Readings result = new Readings(
                readings,
                Set.copyOf(removed),
                newestOrders.drainFresh(),
                newestOrders.drainWithdrawn(),
                attribution.read());
        changed.clear();
        removed.clear();
        return result;
    }

    /** Moves the group on, and puts it to sleep if it may. One that sleeps and in which nothing is due stays as it is. */
    private GroupReading read(KnownGroup known) {
        GroupState group = known.awake();
        if (known != group && group.nextDue() > t) {
            deadlines.reschedule(group.group(), group.nextDue());
            return group.read();
        }
        group.advance(t);
        deadlines.reschedule(group.group(), group.nextDue());
        GroupReading reading = group.read();
        if (group.maySleep()) {
            groups.put(group.group(), asleep(group));
            saving.noteAsleep(group.group());
        } else if (group != known) {
            groups.put(group.group(), group);
        }
        return reading;
    }

    /** The next tick reads every group, and every order among the newest is news again. */
    void noteAllChanged() {
        changed.addAll(groups.keySet());
        newestOrders.showAgain();
    }

    /** Takes what was saved. To be called once, before anything else. */
    public void restore(long savedPosition, Map<String, byte[]> records) {
        restore(savedPosition, records, Long.MIN_VALUE);
    }

    /**
     * Takes what was saved, and leaves asleep what will have been quiet for long at the first tick: most groups of a large
     * community would not fit into memory awake. It changes nothing but that.
     *
     * @param now T as far as it is known by now
     */
    public void restore(long savedPosition, Map<String, byte[]> records, long now) {
        t = Math.max(t, saving.restore(records, settings, plan, saved -> kept(saved, now)));
        position = savedPosition;
        // the first tick reads them all and says when each is due next
        changed.addAll(groups.keySet());
    }

    /** It has been parsed once by then, which is most of what it costs: what it says is kept for the first tick. */
    private KnownGroup kept(RestoredGroup saved, long now) {
        GroupState group = saved.group();
        if (!group.isQuietAt(now)) {
            return group;
        }
        if (saved.isSettledAt(now)) {
            restored.put(group.group(), group.read());
            deadlines.reschedule(group.group(), group.nextDue());
        }
        return saved.asleep(plan);
    }

    /** Groups that the engine before this one had and this one has not are told of as removed. */
    void noteGone(ShardEngine before) {
        for (String id : before.groups.keySet()) {
            if (!groups.containsKey(id)) {
                removed.add(id);
            }
        }
    }

    /** The saving of this shard's state. */
    public ShardSaving saving() {
        return saving;
    }

    /** The group; a copy if it is asleep. */
    public @Nullable GroupState group(String id) {
        KnownGroup known = groups.get(id);
        return known == null ? null : known.awake();
    }

    /** Each group, those asleep as copies. */
    public Iterable<GroupState> groups() {
        return () -> groups.values().stream().map(KnownGroup::awake).iterator();
    }

    @Nullable KnownGroup known(String id) {
        return groups.get(id);
    }

    Iterable<KnownGroup> known() {
        return groups.values();
    }

    public int size() {
        return groups.size();
    }
}
