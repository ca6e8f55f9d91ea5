package io.grouppulse.domain.org;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The organisation as nodes by path, kept in step with its groups' readings. A group under several paths counts once at
 * each node above it; one under none stands under {@code unassigned}. Not thread-safe.
 */
public final class OrgGraph {
    public static final String ROOT = "";
    public static final String UNASSIGNED = "unassigned";

    private final int windows;
    private final TreeMap<String, OrgNode> nodes = new TreeMap<>();
    private final Map<String, Placed> groups = new HashMap<>();
    /** Groups with anything in a window or today. */
    private final Map<String, Placed> stirring = new HashMap<>();
    /** Groups that stand under more than one path. */
    private final Map<String, Placed> several = new HashMap<>();

    private final GroupChange change;
    private final FirstGroups first = new FirstGroups();
    private final SourceSums sources = new SourceSums();
    private final SilentGroups silent = new SilentGroups();
    private final Rankings rankings = new Rankings();

    /** @param windows number of windows in each reading */
    public OrgGraph(int windows) {
        this.windows = windows;
        this.change = new GroupChange(windows);
        nodes.put(ROOT, new OrgNode(ROOT, windows));
    }

    /** A group's newest reading, and where it stands. Its nodes live as long as it does: they are not empty. */
    private static final class Placed {
        private final Set<String> paths;
        private final List<OrgNode> nodes;
        private GroupReading reading;
        private SourceCounts counted;
        private boolean stirs;

        Placed(Set<String> paths, List<OrgNode> nodes, GroupReading reading) {
            this.paths = paths;
            this.nodes = nodes;
            this.reading = reading;
            this.counted = reading.counted();
        }

        void replace(GroupReading newer, GroupChange change) {
            SourceCounts newCounted = newer.sources() == reading.sources() ? counted : newer.counted();
            change.between(reading, newer);
            for (OrgNode node : nodes) {
                node.replace(reading, counted, newer, newCounted, change);
            }
            reading = newer;
            counted = newCounted;
        }
    }

    /** Replaces what is known of a group; returns the paths of the nodes that changed. */
    public Set<String> update(GroupReading reading) {
        Placed placed = groups.get(reading.group());
        GroupReading before = placed == null ? null : placed.reading;
        silent.replace(before, reading);
        rankings.replace(before, reading);
        if (placed != null
                && placed.reading.profile().orgs().equals(reading.profile().orgs())) {
            sources.replace(placed.reading, reading);
            placed.replace(reading, change);
            noteStirring(placed);
            return placed.paths;
        }
        Set<String> changed = new HashSet<>(place(reading));
        if (placed == null) {
            sources.add(reading);
            first.add(reading.group());
        } else {
            sources.replace(placed.reading, reading);
            changed.addAll(subtract(placed));
        }
        return changed;
    }

    private Set<String> place(GroupReading reading) {
        Set<String> paths = nodesOf(reading.profile());
        List<OrgNode> nodes = new ArrayList<>(paths.size());
        for (String path : paths) {
            OrgNode node = nodeAt(path);
            node.add(reading);
            nodes.add(node);
        }
        Placed placed = new Placed(Set.copyOf(paths), nodes, reading);
        groups.put(reading.group(), placed);
        stirring.remove(reading.group());
        if (orgsOf(reading.profile()).size() > 1) {
            several.put(reading.group(), placed);
        } else {
            several.remove(reading.group());
        }
        noteStirring(placed);
        return paths;
    }

    private void noteStirring(Placed placed) {
        GroupReading reading = placed.reading;
        boolean stirs = !reading.today().equals(Counts.ZERO);
        for (int w = 0; w < windows && !stirs; w++) {
            stirs = !reading.windows().get(w).equals(Counts.ZERO);
        }
        if (stirs == placed.stirs) {
            return;
        }
        placed.stirs = stirs;
        if (stirs) {
            stirring.put(reading.group(), placed);
        } else {
            stirring.remove(reading.group());
        }
    }

    /** Forgets a group; returns the paths of the nodes that changed. */
    public Set<String> remove(String group) {
        Placed before = groups.remove(group);
        stirring.remove(group);
        several.remove(group);
        if (before == null) {
            return Set.of();
        }
        sources.remove(before.reading);
        silent.replace(before.reading, null);
        rankings.replace(before.reading, null);
        first.remove(group);
        return subtract(before);
    }

    private Set<String> subtract(Placed placed) {
        placed.nodes.forEach(node -> node.subtract(placed.reading));
        placed.paths.forEach(this::dropIfEmpty);
        return placed.paths;
    }

    private OrgNode nodeAt(String path) {
        OrgNode node = nodes.get(path);
        if (node == null) {
            node = new OrgNode(path, windows);
            nodes.put(path, node);
            nodeAt(parentOf(path)).addChild(path);
        }
        return node;
    }

    private void dropIfEmpty(String path) {
        OrgNode node = nodes.get(path);
        if (node != null && node.isEmpty() && !path.equals(ROOT)) {
            nodes.remove(path);
            String parent = parentOf(path);
            OrgNode above = nodes.get(parent);
            if (above != null) {
                above.removeChild(path);
                dropIfEmpty(parent);
            }
        }
    }

    /** The node's reading, or null if there is no such node. */
    public @Nullable OrgReading read(String path) {
        OrgNode node = nodes.get(path);
        return node == null ? null : node.read();
    }

    /** The group's newest reading, or null if there is no such group. */
    public @Nullable GroupReading group(String group) {
        Placed placed = groups.get(group);
        return placed == null ? null : placed.reading;
    }

    /**
     * The first few, in their order, of the groups with anything in a window. An order that is asked for again and again is
     * kept, and no group is looked at but those; to make it, those with anything in a window or today are.
     */
    public List<GroupReading> first(RankedBy by, int limit) {
        List<GroupReading> found = new ArrayList<>();
        Iterable<GroupReading> candidates =
                () -> stirring.values().stream().map(placed -> placed.reading).iterator();
        for (String group : rankings.first(by, limit, candidates)) {
            found.add(readingOf(group));
        }
        return found;
    }

    private GroupReading readingOf(String group) {
        return Objects.requireNonNull(groups.get(group)).reading;
    }

    public Iterable<GroupReading> groups() {
        return () -> groups.values().stream().map(placed -> placed.reading).iterator();
    }

    /** Ids of the groups that are silent. */
    public Set<String> silent() {
        return silent.ids();
    }

    /** The groups whose first path is the same as this group's, itself among them. */
    public Siblings siblingsOf(GroupReading reading) {
        return silent.siblings(orgsOf(reading.profile()).get(0));
    }

    /** Whether there is a group at or below the node of which nobody knows whether it talks. */
    public boolean hasUnknown(String path) {
        OrgNode node = nodes.get(path);
        return node != null && node.read().states().getOrDefault(ActivityState.UNKNOWN, 0L) > 0;
    }

    public int groupCount() {
        return groups.size();
    }

    /** What became of the events of each source, by source, sorted. */
    public Map<String, SourceCounts> sources() {
        return sources.read(groups());
    }

    /** Event ids by which duplicates are recognised, of all groups. */
    public long rememberedIds() {
        return sources.rememberedIds();
    }

    /**
     * Candidates for a list of the busiest: the {@code most} with the most active members in a window, and the {@code most}
     * with the smallest ids, be they idle.
     */
    public Set<GroupReading> busiest(int window, int most) {
        Set<GroupReading> found = Collections.newSetFromMap(new IdentityHashMap<>());
        found.addAll(first(new RankedBy(ROOT, window, Column.ACTIVE), most));
        for (String group : first.read(most, groups.keySet())) {
            found.add(readingOf(group));
        }
        return found;
    }

    /** @param apart a path that is one of the others however near the root it is, unless there are no others */
    public NearestNodes nearest(int most, String apart) {
        return NearestNodes.choose(most, apart, nodes.size(), path -> Objects.requireNonNull(read(path)), this::sumOf);
    }

    /**
     * The groups at or below any of these nodes, each counted once, as a root above those nodes that there are. Groups are
     * looked at only if they stand under several paths.
     *
     * @param paths none below another
     */
    public OrgReading together(Set<String> paths) {
        OrgNode sum = new OrgNode(ROOT, windows);
        for (String path : paths) {
            OrgNode node = nodes.get(path);
            if (node != null) {
                sum.add(node);
            }
        }
        forEachAgain(paths, sum::subtract);
        return sum.read();
    }

    private OtherNodes sumOf(Set<String> paths) {
        OtherNodes.Sum sum = new OtherNodes.Sum(windows);
        paths.forEach(path -> sum.add(Objects.requireNonNull(read(path))));
        forEachAgain(paths, sum::subtract);
        return sum.read();
    }

    /** Gives each group that stands under several of these nodes, as often as it does but once. */
    private void forEachAgain(Set<String> paths, Consumer<GroupReading> receiver) {
        for (Placed placed : several.values()) {
            long times = placed.paths.stream().filter(paths::contains).count();
            for (long more = 1; more < times; more++) {
                receiver.accept(placed.reading);
            }
        }
    }

    /** Whether a group with this profile stands at or below the node. */
    public static boolean isUnder(GroupProfile profile, String path) {
        if (path.equals(ROOT)) {
            return true;
        }
        for (String org : orgsOf(profile)) {
            boolean isBelow =
                    org.startsWith(path) && (org.length() == path.length() || org.charAt(path.length()) == '/');
            if (isBelow) {
                return true;
            }
        }
        return false;
    }

    /** The organisation paths of a group; {@code unassigned} if the registry names none. */
    public static List<String> orgsOf(GroupProfile profile) {
        return profile.orgs().isEmpty() ? List.of(UNASSIGNED) : profile.orgs();
    }

    private static Set<String> nodesOf(GroupProfile profile) {
        Set<String> paths = new TreeSet<>();
        paths.add(ROOT);
        for (String org : orgsOf(profile)) {
            for (String path = org; !path.equals(ROOT); path = parentOf(path)) {
                paths.add(path);
            }
        }
        return paths;
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? ROOT : path.substring(0, slash);
    }
}
