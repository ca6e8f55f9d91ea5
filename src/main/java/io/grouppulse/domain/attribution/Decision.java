package io.grouppulse.domain.attribution;

import java.util.Set;

/**
 * What became of an order.
 *
 * @param group the group it counts in; empty if it counts in none
 */
public record Decision(Part part, String group) {
    /** The only one of the groups, or several, or none. */
    static Decision among(Set<String> groups) {
        return switch (groups.size()) {
            case 0 -> new Decision(Part.UNATTRIBUTED, "");
            case 1 -> new Decision(Part.ATTRIBUTED, groups.iterator().next());
            default -> new Decision(Part.AMBIGUOUS, "");
        };
    }

    static Decision named(String group) {
        return new Decision(Part.NAMED, group);
    }

    public boolean hasGroup() {
        return !group.isEmpty();
    }
}
