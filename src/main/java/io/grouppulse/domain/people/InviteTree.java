package io.grouppulse.domain.people;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who brought whom: people, whatever groups they joined. Each was brought by the inviter of its earliest invited join;
 * an inviter who was itself brought only later begins a tree of its own, so nobody is above itself.
 */
public final class InviteTree {
    private static final Comparator<Joins.Invitation> EARLIEST = Comparator.comparingLong(Joins.Invitation::ts)
            .thenComparing(Joins.Invitation::member)
            .thenComparing(Joins.Invitation::inviter);

    private InviteTree() {}

    /**
     * How many people stand at each level: first those brought by people whom nobody brought, then those whom these
     * brought, and so on. As long as the tree is deep.
     */
    public static List<Long> levels(List<Joins.Invitation> invitations) {
        Map<String, Joins.Invitation> brought = new HashMap<>();
        invitations.forEach(one ->
                brought.merge(one.member(), one, (some, other) -> EARLIEST.compare(some, other) <= 0 ? some : other));
        Map<String, Integer> known = new HashMap<>();
        TreeMap<Integer, Long> levels = new TreeMap<>();
        brought.keySet().forEach(member -> levels.merge(level(member, brought, known), 1L, Long::sum));
        return new ArrayList<>(levels.values());
    }

    private static int level(String member, Map<String, Joins.Invitation> brought, Map<String, Integer> known) {
        Deque<Joins.Invitation> path = new ArrayDeque<>();
        Joins.Invitation one = brought.get(member);
        while (one != null && !known.containsKey(one.member())) {
            path.push(one);
            Joins.Invitation above = brought.get(one.inviter());
            one = above != null && EARLIEST.compare(above, one) < 0 ? above : null;
        }
        int level = one == null ? 0 : known.getOrDefault(one.member(), 0);
        for (Joins.Invitation below : path) {
            level++;
            known.put(below.member(), level);
        }
        return known.getOrDefault(member, 0);
    }
}
