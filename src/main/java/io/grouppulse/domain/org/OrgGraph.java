package io.grouppulse.domain.org;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.GroupReading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final Map<String, GroupReading> readings = new HashMap<>();

    /** @param windows number of windows in each reading */
    public OrgGraph(int windows) {
        this.windows = windows;
        nodes.put(ROOT, new OrgNode(ROOT, windows));
    }

    /** Replaces what is known of a group; returns the paths of the nodes that changed. */
    public Set<String> update(GroupReading reading) {
        GroupReading before = readings.put(reading.group(), reading);
        Set<String> after = nodesOf(reading.profile());
        for (String path : after) {
            nodeAt(path).add(reading);
        }
        Set<String> changed = new HashSet<>(after);
        if (before != null) {
            changed.addAll(subtract(before));
        }
        return changed;
    }

    /** Forgets a group; returns the paths of the nodes that changed. */
    public Set<String> remove(String group) {
        GroupReading before = readings.remove(group);
        return before == null ? Set.of() : subtract(before);
    }

    private Set<String> subtract(GroupReading reading) {
        Set<String> paths = nodesOf(reading.profile());
        for (String path : paths) {
            nodeAt(path).subtract(reading);
        }
        paths.forEach(this::dropIfEmpty);
        return paths;
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
        return readings.get(group);
    }

    public Iterable<GroupReading> groups() {
        return readings.values();
    }

    /** Paths of all nodes, sorted; the root is the empty path. */
    public Set<String> paths() {
        return nodes.keySet();
    }

    /** Whether a group with this profile stands at or below the node. */
    public static boolean isUnder(GroupProfile profile, String path) {
        return nodesOf(profile).contains(path);
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
