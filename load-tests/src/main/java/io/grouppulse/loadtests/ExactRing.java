package io.grouppulse.loadtests;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person writes by hand for one group in Flink: closed slices in a ring with running sums, each member's last
 * slice for the distinct ones, and the acts of slices that are still open apart, so that no result holds what is newer.
 */
final class ExactRing {
    boolean hasTimer;

    private final int width;
    private final int mask;
    private final int[] acts;
    private final int[] members;
    private final int[] orders;
    private final long[] amounts;
    private final Map<String, long[]> lastSlices = new HashMap<>();
    private final ArrayDeque<Open> open = new ArrayDeque<>(4);
    private long closed = Long.MIN_VALUE;
    private int actsSum;
    private int membersSum;
    private int ordersSum;
    private long amountsSum;

    private static final class Open {
        private final long slice;
        private final List<String> members = new ArrayList<>(2);
        private int orders;
        private long amount;

        Open(long slice) {
            this.slice = slice;
        }
    }

    /** @param width seconds */
    ExactRing(int width) {
        this.width = width;
        int size = Integer.highestOneBit(width) << 1;
        this.mask = size - 1;
        this.acts = new int[size];
        this.members = new int[size];
        this.orders = new int[size];
        this.amounts = new long[size];
    }

    void add(PeerEvent event) {
        long slice = Math.floorDiv(event.ts, 1_000);
        Open into = null;
        for (Open some : open) {
            into = some.slice == slice ? some : into;
        }
        if (into == null) {
            into = new Open(slice);
            open.add(into);
        }
        into.members.add(event.member);
        if (event.paid) {
            into.orders++;
            into.amount += event.amount;
        }
    }

    boolean isEmpty() {
        return actsSum == 0 && open.isEmpty();
    }

    /** Moves on to the end of this slice and tells what the window up to it holds. */
    void close(long slice, String group) {
        long from = closed == Long.MIN_VALUE ? slice - 1 : closed;
        for (long next = Math.max(from + 1, slice - width); next <= slice; next++) {
            leave(next - width);
        }
        closed = slice;
        for (int i = open.size(); i > 0; i--) {
            Open some = open.poll();
            if (some.slice <= slice) {
                enter(some);
            } else {
                open.add(some);
            }
        }
        if (actsSum > 0) {
            Answers.tell(group, (slice + 1) * 1_000, actsSum, membersSum, ordersSum, amountsSum);
        }
    }

    private void leave(long slice) {
        int at = (int) (slice & mask);
        actsSum -= acts[at];
        membersSum -= members[at];
        ordersSum -= orders[at];
        amountsSum -= amounts[at];
        acts[at] = 0;
        members[at] = 0;
        orders[at] = 0;
        amounts[at] = 0;
    }

    private void enter(Open some) {
        int at = (int) (some.slice & mask);
        acts[at] += some.members.size();
        actsSum += some.members.size();
        orders[at] += some.orders;
        ordersSum += some.orders;
        amounts[at] += some.amount;
        amountsSum += some.amount;
        for (String member : some.members) {
            long[] last = lastSlices.computeIfAbsent(member, id -> new long[] {Long.MIN_VALUE});
            if (last[0] < some.slice) {
                if (last[0] > closed - width) {
                    members[(int) (last[0] & mask)]--;
                    membersSum--;
                }
                last[0] = some.slice;
                members[at]++;
                membersSum++;
            }
        }
    }
}
