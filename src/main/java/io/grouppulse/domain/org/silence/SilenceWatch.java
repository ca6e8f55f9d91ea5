package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SilenceReading.Broken;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import io.grouppulse.domain.signal.silence.ExposureClock;
import io.grouppulse.domain.signal.silence.Gap;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import io.grouppulse.domain.window.Deadlines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells which groups are quiet or silent. It remembers nothing that it could not form anew from the groups' readings, so
 * that a restart changes nothing; only outages are known no longer than this program runs.
 */
public final class SilenceWatch {
    private static final int FEWEST_GROUPS = 2;

    private final SilenceSettings settings;
    private final Supplier<SourcesSeen> sources;
    private final boolean seesOutages;
    private final Map<String, GroupReading> readings = new HashMap<>();
    private final Map<String, Watched> groups = new HashMap<>();
    private final Map<String, OrgClocks> orgs = new HashMap<>();
    private final Map<String, WatchedNode> nodes = new HashMap<>();
    /** By the paths of the registry; those that no group has any more are dropped with the next node that empties. */
    private final Map<List<String>, Place> places = new HashMap<>();

    private final Deadlines<String> groupsDue = new Deadlines<>();
    private final Deadlines<String> nodesDue = new Deadlines<>();
    private final Set<String> stirred = new LinkedHashSet<>();
    private final Set<String> stirredNodes = new LinkedHashSet<>();
    private final Set<String> judgedNodes = new HashSet<>();
    private final Outages outages = new Outages();
    private final SaleSilences sales = new SaleSilences();
    private long seenUntil = Long.MIN_VALUE;
    private boolean begun;

    /**
     * @param sources how they are
     * @param seesOutages whether T goes on while nothing arrives
     */
    public SilenceWatch(SilenceSettings settings, Supplier<SourcesSeen> sources, boolean seesOutages) {
        this.settings = settings;
        this.sources = sources;
        this.seesOutages = seesOutages;
    }

    /** Takes, before the first judgement, what an earlier run knew of outages. */
    public void restore(KnownOutages known) {
        if (seesOutages) {
            seenUntil = known.seenUntil();
            outages.restore(known);
        }
    }

    /** What is known of outages, to be kept for the next start; {@link KnownOutages#NONE} before the first judgement. */
    public KnownOutages outages() {
        return begun ? outages.known(seenUntil) : KnownOutages.NONE;
    }

    /** Takes a group's newest reading. */
    public void take(GroupReading reading) {
        String id = reading.group();
        GroupReading before = readings.put(id, reading);
        if (before != null && !before.profile().orgs().equals(reading.profile().orgs())) {
            leave(before);
            before = null;
        }
        Place place = placeOf(reading);
        HourHistory hours = reading.activity().hours();
        if (before == null || !before.activity().hours().equals(hours)) {
            OrgClocks clocks = orgs.computeIfAbsent(place.top(), org -> new OrgClocks(settings.zone()));
            if (clocks.put(id, hours)) {
                stirred.addAll(clocks.groups());
            }
        }
        for (String path : place.nodes()) {
            nodes.computeIfAbsent(path, p -> new WatchedNode(settings.budget(), readings))
                    .put(reading, before);
            stirredNodes.add(path);
        }
        stirred.add(id);
    }

    /** Forgets a group. */
    public void remove(String id) {
        GroupReading before = readings.remove(id);
        if (before != null) {
            leave(before);
            groups.remove(id);
            groupsDue.remove(id);
            stirred.remove(id);
        }
    }

    private void leave(GroupReading reading) {
        String top = placeOf(reading).top();
        OrgClocks clocks = orgs.get(top);
        if (clocks != null && clocks.remove(reading.group())) {
            stirred.addAll(clocks.groups());
        }
        if (clocks != null && clocks.groups().isEmpty()) {
            orgs.remove(top);
        }
        for (String path : placeOf(reading).nodes()) {
            WatchedNode node = nodes.get(path);
            if (node != null) {
                node.remove(reading.group());
                stirredNodes.add(path);
            }
        }
    }

    /** When the groups of these sales were active before, as far as they are known: what they are compared by. */
    public Map<String, HourHistory> hoursOf(List<SaleMinutes> sales) {
        Map<String, HourHistory> hours = new HashMap<>();
        for (SaleMinutes sale : sales) {
            for (String group : sale.active().keySet()) {
                GroupReading reading = readings.get(group);
                if (reading != null) {
                    hours.put(group, reading.activity().hours());
                }
            }
        }
        return hours;
    }

    /** When the groups of these sales could not be seen; those that always could are not in it. */
    public Map<String, BlindTimes> blindOf(List<SaleMinutes> sales) {
        Map<String, BlindTimes> blind = new HashMap<>();
        for (SaleMinutes sale : sales) {
            for (String group : sale.active().keySet()) {
                GroupReading reading = readings.get(group);
                BlindTimes times = reading == null
                        ? BlindTimes.NONE
                        : outages.blind(reading.sources().keySet());
                if (!times.equals(BlindTimes.NONE)) {
                    blind.put(group, times);
                }
            }
        }
        return blind;
    }

    /** Takes the groups that are silent in a running sale; all others are in none. */
    public void takeSilentInSales(Map<String, PeerGap> silent) {
        stirred.addAll(sales.take(silent));
    }

    /** The readings that are to be shown otherwise than before, as of {@code t}. */
    public List<GroupReading> judge(long t) {
        watchSources(t);
        stirredNodes.addAll(nodesDue.due(t));
        stirredNodes.forEach(path -> judgeNode(path, t));
        stirredNodes.clear();
        stirred.addAll(groupsDue.due(t));
        List<GroupReading> judged = new ArrayList<>(stirred.size());
        for (String id : stirred) {
            GroupReading reading = readings.get(id);
            if (reading != null) {
                judged.add(judge(reading, t));
            }
        }
        stirred.clear();
        return judged;
    }

    /** The nodes of which something else may be said than when this was last asked. */
    public Set<String> takeJudgedNodes() {
        Set<String> taken = Set.copyOf(judgedNodes);
        judgedNodes.clear();
        return taken;
    }

    /**
     * The present gap of all groups at or below a node together.
     *
     * @param interactions all of theirs so far
     */
    public SilenceReading of(String path, long interactions) {
        WatchedNode node = nodes.get(path);
        Gap gap = node == null ? null : node.watched.gap();
        if (node == null || gap == null) {
            return SilenceReading.unknown(Long.MIN_VALUE);
        }
        double perHour =
                (double) interactions / Math.max(1, node.activity().hours().count());
        return new SilenceReading(
                gap.last(),
                gap.expectedHours(node.toldAt) * perHour,
                gap.probability(node.toldAt),
                gap.deadline(),
                silentAbove(path),
                null);
    }

    /** The highest node above this one that is silent as a whole. */
    private @Nullable String silentAbove(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            WatchedNode node = nodes.get(path.substring(0, slash));
            if (node != null && node.silent) {
                return path.substring(0, slash);
            }
        }
        return null;
    }

    private void watchSources(long t) {
        if (!seesOutages) {
            return;
        }
        if (!begun && !readings.isEmpty()) {
            begun = true;
            long newest = readings.values().stream()
                    .mapToLong(GroupReading::lastInteraction)
                    .reduce(seenUntil, Math::max);
            if (newest != Long.MIN_VALUE) {
                outages.stopped(newest, t);
            }
        }
        seenUntil = begun ? Math.max(seenUntil, t) : seenUntil;
        if (outages.update(sources.get(), t)) {
            stirred.addAll(readings.keySet());
            stirredNodes.addAll(nodes.keySet());
        }
    }

    private void judgeNode(String path, long t) {
        WatchedNode node = nodes.get(path);
        if (node == null) {
            return;
        }
        boolean silent = false;
        long due = Long.MAX_VALUE;
        if (node.groups().isEmpty()) {
            nodes.remove(path);
            places.clear();
        } else if (node.activity().last() != Long.MIN_VALUE) {
            Set<String> fedBy = node.sources();
            Gap gap = node.watched.gap(
                    node.activity(), clockOf(topOf(path), node.activity().last()), outages.blind(fedBy));
            silent = node.groups().size() >= FEWEST_GROUPS && gap.isSilent(t) && !outages.isDown(fedBy);
            node.toldAt = gap.toldAt(t);
            due = gap.nextChange(t);
            judgedNodes.add(path);
        }
        nodesDue.reschedule(path, due);
        if (silent != node.silent) {
            node.silent = silent;
            stirred.addAll(node.groups());
        }
    }

    private ExposureClock clockOf(String top, long last) {
        return orgs.computeIfAbsent(top, org -> new OrgClocks(settings.zone()))
                .learnedUntil(settings.learnedUntil(last));
    }

    private GroupReading judge(GroupReading reading, long t) {
        String id = reading.group();
        boolean down = outages.isDown(reading.sources().keySet());
        ActivityState state = reading.state();
        if (down && state != ActivityState.LIVELY) {
            state = ActivityState.UNKNOWN;
        }
        long last = reading.lastInteraction();
        if (last == Long.MIN_VALUE || reading.state() == ActivityState.DEAD) {
            groupsDue.remove(id);
            return reading.judged(state, SilenceReading.unknown(last));
        }
        Gap gap = groups.computeIfAbsent(id, g -> new Watched(settings.budget()))
                .gap(
                        reading.activity(),
                        clockOf(placeOf(reading).top(), last),
                        outages.blind(reading.sources().keySet()));
        // A later interaction puts it off; that is noticed when the earlier moment comes, and not with each of them.
        groupsDue.schedule(id, gap.nextChange(t));
        PeerGap inSale = sales.of(id);
        if (inSale != null && state != ActivityState.UNKNOWN) {
            return reading.judged(ActivityState.SILENT, silence(reading, inSale));
        }
        if (state != ActivityState.UNKNOWN && gap.isSilent(t)) {
            state = ActivityState.SILENT;
        } else if (state == ActivityState.NORMAL && gap.isQuiet(t)) {
            state = ActivityState.QUIET;
        }
        return reading.judged(state, silence(reading, gap, gap.toldAt(t)));
    }

    private SilenceReading silence(GroupReading reading, PeerGap gap) {
        return new SilenceReading(
                gap.since(), gap.expected(), gap.probability(), gap.silentAt(), parentOf(reading), null);
    }

    private SilenceReading silence(GroupReading reading, Gap gap, long told) {
        double active = Math.max(1, reading.activity().hours().count());
        double perHour = reading.total().get(Column.INTERACTIONS) / active;
        return new SilenceReading(
                gap.last(),
                gap.expectedHours(told) * perHour,
                gap.probability(told),
                gap.deadline(),
                parentOf(reading),
                brokenIn(gap, perHour));
    }

    private static @Nullable Broken brokenIn(Gap gap, double perHour) {
        Gap.Broken broken = gap.broken();
        return broken == null ? null : new Broken(broken.since(), broken.until(), broken.expectedHours() * perHour);
    }

    /** The highest node above the group that is silent as a whole. */
    private @Nullable String parentOf(GroupReading reading) {
        for (String path : placeOf(reading).nodes()) {
            WatchedNode node = nodes.get(path);
            if (node != null && node.silent) {
                return path;
            }
        }
        return null;
    }

    private static String topOf(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private Place placeOf(GroupReading reading) {
        return places.computeIfAbsent(reading.profile().orgs(), Place::of);
    }

    /**
     * Where groups under the same paths stand.
     *
     * @param top the first segment of the first path
     * @param nodes all nodes above them, higher ones first; a group in no organisation has none
     */
    private record Place(String top, List<String> nodes) {
        static Place of(List<String> orgs) {
            Set<String> paths = new TreeSet<>();
            for (String org : orgs) {
                for (int slash = org.indexOf('/'); slash > 0; slash = org.indexOf('/', slash + 1)) {
                    paths.add(org.substring(0, slash));
                }
                paths.add(org);
            }
            return new Place(topOf(orgs.isEmpty() ? OrgGraph.UNASSIGNED : orgs.get(0)), List.copyOf(paths));
        }
    }
}
