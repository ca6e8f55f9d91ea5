package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.org.OrgGraph;
import org.jspecify.annotations.Nullable;

/**
 * What a question is about: one group, or all groups at or below an organisation node.
 *
 * @param text {@code group:{id}} or {@code org:{path}}
 * @param group null for a node
 */
public record Scope(String text, @Nullable String group, String org) {
    public static final Scope ROOT = new Scope("org:", null, OrgGraph.ROOT);

    /** Reads a scope; null if the text is none. */
    public static @Nullable Scope parse(String text) {
        if (text.startsWith("group:") && text.length() > "group:".length()) {
            return new Scope(text, text.substring("group:".length()), OrgGraph.ROOT);
        }
        return text.startsWith("org:") ? new Scope(text, null, text.substring("org:".length())) : null;
    }

    /**
     * What the root means to a reader.
     *
     * @throws IllegalArgumentException if that is not one node
     */
    public static Scope rootOf(Reach reach) {
        String path = reach.root();
        if (path == null) {
            throw new IllegalArgumentException("the root is not one node to this reader");
        }
        return new Scope("org:" + path, null, path);
    }

    public boolean isRoot() {
        return group == null && org.equals(OrgGraph.ROOT);
    }
}
