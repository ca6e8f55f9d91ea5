package io.grouppulse.domain.people;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.past.PastSignal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The joins of customers in a stretch of time, over groups: where they came from and who brought them. One for each
 * shard, added up by whoever asked.
 */
public final class Joins {
    /** An invited member who leaves within this time was not won, millis. */
    public static final long TRIAL = 86_400_000;

    private static final String UNKNOWN = "unknown";

    private final Map<String, Long> byChannel = new HashMap<>();
    private final Map<String, Invites> byInviter = new HashMap<>();
    private final List<Invitation> invitations = new ArrayList<>();
    private long joins;
    private long leaves;

    /**
     * What one member brought in, over groups.
     *
     * @param invites joins that name it as inviter
     * @param stayed those of them without a leave of that member in the {@link #TRIAL} after
     */
    public record Invites(long invites, long stayed) {
        Invites plus(Invites other) {
            return new Invites(invites + other.invites, stayed + other.stayed);
        }
    }

    /**
     * A join that names an inviter.
     *
     * @param stayed whether no leave of the member in that group followed in the {@link #TRIAL} after
     */
    public record Invitation(String member, String inviter, long ts, boolean stayed) {}

    private record Join(long ts, int member, String inviter) {}

    static boolean isJoin(EventType type) {
        return type == EventType.MEMBER_JOINED;
    }

    /**
     * Adds one group's joins in {@code from <= ts < to}.
     *
     * @param idOf the id of a member by index
     */
    public void addGroup(PastSignal past, long from, long to, IntFunction<String> idOf) {
        List<Join> invited = new ArrayList<>();
        Map<Integer, List<Long>> leavesOf = new HashMap<>();
        past.forEach(from, Long.MAX_VALUE, (type, ts, member, trait) -> {
            if (type == EventType.MEMBER_LEFT) {
                leavesOf.computeIfAbsent(member, m -> new ArrayList<>()).add(ts);
                leaves += ts < to ? 1 : 0;
            } else if (isJoin(type) && ts < to) {
                joins++;
                byChannel.merge(trait.channel() == null ? UNKNOWN : trait.channel(), 1L, Long::sum);
                if (trait.inviter() != null && !trait.inviter().equals(idOf.apply(member))) {
                    invited.add(new Join(ts, member, trait.inviter()));
                }
            }
        });
        for (Join join : invited) {
            boolean gone = leavesOf.getOrDefault(join.member, List.of()).stream()
                    .anyMatch(left -> left >= join.ts && left < join.ts + TRIAL);
            byInviter.merge(join.inviter, new Invites(1, gone ? 0 : 1), Invites::plus);
            invitations.add(new Invitation(idOf.apply(join.member), join.inviter, join.ts, !gone));
        }
    }

    public void addAll(Joins others) {
        joins += others.joins;
        leaves += others.leaves;
        others.byChannel.forEach((channel, count) -> byChannel.merge(channel, count, Long::sum));
        invitations.addAll(others.invitations);
        others.byInviter.forEach((inviter, invites) -> byInviter.merge(inviter, invites, Invites::plus));
    }

    public long joins() {
        return joins;
    }

    /** Leaves in the stretch, of anybody. */
    public long leaves() {
        return leaves;
    }

    /** By channel; joins that name none are {@code unknown}. */
    public Map<String, Long> byChannel() {
        return Map.copyOf(byChannel);
    }

    /** By the id of the inviter; nobody invites itself. */
    public Map<String, Invites> byInviter() {
        return Map.copyOf(byInviter);
    }

    /** Every invited join, in no order. */
    public List<Invitation> invitations() {
        return List.copyOf(invitations);
    }

    /** All invited joins. */
    public Invites invites() {
        return byInviter.values().stream().reduce(new Invites(0, 0), Invites::plus);
    }

    /** Different people who are named as inviters. */
    public int inviters() {
        return byInviter.size();
    }
}
