package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Events in memory: Zipf-popular groups, members drawn evenly, 5 % orders (created, then paid by the same member), the
 * rest messages, reactions and touches; each up to two seconds late, in an otherwise rising time.
 */
final class Workload {
    private static final long DISORDER = 2_000;
    private static final EventType[] ACTS = {
        EventType.MESSAGE_SENT, EventType.MESSAGE_SENT, EventType.MESSAGE_SENT, EventType.MESSAGE_SENT,
        EventType.MESSAGE_SENT, EventType.REACTION_ADDED, EventType.REACTION_ADDED, EventType.REDPACKET_CLAIMED,
        EventType.PRODUCT_VIEWED, EventType.SHARE_OPENED
    };

    private final SplittableRandom random;
    private final int members;
    private final double[] popularity;
    private final String[] groupIds;
    private final String[] memberIds;
    private final double millisAnEvent;
    private final long start;
    private long told;

    Workload(int groups, int members, long start, double eventsPerSecond, long seed) {
        this.random = new SplittableRandom(seed);
        this.members = members;
        this.start = start;
        this.millisAnEvent = 1_000 / eventsPerSecond;
        popularity = new double[groups];
        double sum = 0;
        for (int group = 0; group < groups; group++) {
            sum += 1.0 / (group + 1);
            popularity[group] = sum;
        }
        groupIds = ids("g", groups);
        memberIds = ids("u", members);
    }

    private static String[] ids(String prefix, int count) {
        String[] ids = new String[count];
        Arrays.setAll(ids, i -> prefix + (100_000 + i));
        return ids;
    }

    List<String> groups() {
        return List.of(groupIds);
    }

    /** The moment that has been reached. */
    long now() {
        return start + (long) (told * millisAnEvent);
    }

    /** The next events in batches of one request each. */
    List<List<GroupInput>> next(int events, int batch) {
        List<List<GroupInput>> batches = new ArrayList<>();
        while (events > 0) {
            List<GroupInput> some = new ArrayList<>(batch);
            while (some.size() < Math.min(batch, events)) {
                addEvent(some);
            }
            events -= some.size();
            batches.add(some);
        }
        return batches;
    }

    private void addEvent(List<GroupInput> into) {
        String group = groupIds[drawGroup()];
        String member = memberIds[random.nextInt(members)];
        if (random.nextInt(1_000) < 25) {
            String order = "o" + told;
            long amount = 100 + random.nextInt(100_000);
            into.add(event(EventType.ORDER_CREATED, group, member, order, amount));
            into.add(event(EventType.ORDER_PAID, group, member, order, amount));
        } else {
            into.add(event(ACTS[random.nextInt(ACTS.length)], group, member, null, GroupEvent.NO_AMOUNT));
        }
    }

    private int drawGroup() {
        int at = Arrays.binarySearch(popularity, random.nextDouble() * popularity[popularity.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at, popularity.length - 1);
    }

    /** Strings of its own for each event, as a decoder would make them. */
    private GroupEvent event(EventType type, String group, String member, String order, long amount) {
        long ts = now() - random.nextLong(DISORDER);
        String id = Long.toString(told++, 36) + "-e";
        return new GroupEvent(
                "bench", id, type, ts, new String(group), new String(member), null, order, amount, null, 0, null, null,
                null, null, null, null, null);
    }
}
