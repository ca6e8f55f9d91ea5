package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The least that can answer one question: of each group over the last seconds, by the second, how many acts, how
 * many distinct members, how many paid orders and for how much. A ring of slices with running sums; no duplicates are
 * looked for, nothing is saved, nothing else is counted.
 */
final class BareWindow {
    private static final int RING = 512;

    private final int width;
    private final Map<String, Group> groups = new HashMap<>();

    /** @param width of the window in seconds, 300 at most */
    BareWindow(int width) {
        this.width = width;
    }

    /** What one group's window holds. */
    record Answer(long acts, long members, long orders, long amount) {}

    private static final class Member {
        private long slice = Long.MIN_VALUE;
    }

    private static final class Group {
        private final long[] acts = new long[RING];
        private final long[] members = new long[RING];
        private final long[] orders = new long[RING];
        private final long[] amounts = new long[RING];
        private final Map<String, Member> known = new HashMap<>();
        private long first = Long.MIN_VALUE;
        private long actsSum;
        private long membersSum;
        private long ordersSum;
        private long amountsSum;

        void add(GroupEvent event) {
            long slice = event.ts() / 1_000;
            if (slice < first) {
                return;
            }
            int at = (int) (slice % RING);
            acts[at]++;
            actsSum++;
            Member member = known.computeIfAbsent(event.member(), id -> new Member());
            if (member.slice < slice) {
                if (member.slice >= first) {
                    members[(int) (member.slice % RING)]--;
                    membersSum--;
                }
                member.slice = slice;
                members[at]++;
                membersSum++;
            }
            if (event.type() == EventType.ORDER_PAID) {
                orders[at]++;
                ordersSum++;
                amounts[at] += event.amount();
                amountsSum += event.amount();
            }
        }

        void advance(long now, int width) {
            long newFirst = now / 1_000 + 1 - width;
            for (long slice = Math.max(first, newFirst - RING); slice < newFirst; slice++) {
                int at = (int) (slice % RING);
                actsSum -= acts[at];
                membersSum -= members[at];
                ordersSum -= orders[at];
                amountsSum -= amounts[at];
                acts[at] = 0;
                members[at] = 0;
                orders[at] = 0;
                amounts[at] = 0;
            }
            first = newFirst;
        }
    }

    void add(GroupEvent event, long now) {
        Group group = groups.get(event.group());
        if (group == null) {
            group = new Group();
            group.advance(now, width);
            groups.put(event.group(), group);
        }
        group.add(event);
    }

    /** Moves every window on and reads it; returns a sum of all that was read, so that nothing can be left out. */
    long readAll(long now) {
        long sum = 0;
        for (Group group : groups.values()) {
            group.advance(now, width);
            sum += group.actsSum + group.membersSum + group.ordersSum + group.amountsSum;
        }
        return sum;
    }

    /** Moves every window on and visits what has something in it. */
    void forEach(long now, BiConsumer<String, Answer> visitor) {
        groups.forEach((id, group) -> {
            group.advance(now, width);
            if (group.actsSum > 0) {
                visitor.accept(id, new Answer(group.actsSum, group.membersSum, group.ordersSum, group.amountsSum));
            }
        });
    }

    Answer answer(String id) {
        Group group = groups.get(id);
        return group == null
                ? new Answer(0, 0, 0, 0)
                : new Answer(group.actsSum, group.membersSum, group.ordersSum, group.amountsSum);
    }
}
