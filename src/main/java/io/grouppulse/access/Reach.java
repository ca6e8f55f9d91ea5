package io.grouppulse.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the organisation that a credential is for: everything, or some subtrees.
 *
 * @param subtrees paths of their top nodes, none below another; empty when {@code whole}, and when nothing is reached
 */
public record Reach(boolean whole, Set<String> subtrees) {
    public static final Reach WHOLE = new Reach(true, Set.of());
    private static final String ROOT = "";

    public Reach {
        subtrees = Set.copyOf(subtrees);
    }

    /**
     * The reach of some paths; the root among them reaches everything.
     *
     * @throws IllegalArgumentException if one is no path
     */
    public static Reach of(Collection<String> paths) {
        Set<String> tops = new TreeSet<>();
        for (String path : paths) {
            if (path.equals(ROOT)) {
                return WHOLE;
            }
            if (path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
                throw new IllegalArgumentException("not an organisation path");
            }
            tops.add(path);
        }
        return new Reach(
                false,
                tops.stream()
                        .filter(path -> tops.stream().noneMatch(top -> isBelow(path, top)))
                        .collect(Collectors.toSet()));
    }

    /** Whether a node and all below it are reached. The root is only by who reaches everything. */
    public boolean covers(String path) {
        return whole || subtrees.stream().anyMatch(top -> path.equals(top) || isBelow(path, top));
    }

    /** Whether what stands at some paths can be seen: by any of them. */
    public boolean coversAny(Collection<String> paths) {
        return whole || paths.stream().anyMatch(this::covers);
    }

    /** Of the paths at which something stands those that may be named. */
    public List<String> visible(List<String> paths) {
        return whole ? paths : paths.stream().filter(this::covers).toList();
    }

    /** What the root means to this reader: the root, or its one subtree; null when that is not one node. */
    public @Nullable String root() {
        if (whole) {
            return ROOT;
        }
        return subtrees.size() == 1 ? subtrees.iterator().next() : null;
    }

    private static boolean isBelow(String path, String node) {
        return path.length() > node.length() && path.startsWith(node) && path.charAt(node.length()) == '/';
    }
}
