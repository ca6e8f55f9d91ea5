package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.MemberDirectory;
import io.grouppulse.domain.window.Deadlines;
import io.grouppulse.domain.window.PaneRing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** GroupPulse's own panes, distinct members and deadlines, with nothing else of a group around them. */
final class DomainWindow {
    private static final int ACTS = 0;
    private static final int MEMBERS = 1;
    private static final int ORDERS = 2;
    private static final int AMOUNT = 3;
    private static final long SECOND = 1_000;

    private final long width;
    private final Map<String, Group> groups = new HashMap<>();
    private final Deadlines<String> deadlines = new Deadlines<>();
    private final Set<String> changed = new HashSet<>();

    /** @param width seconds */
    DomainWindow(int width) {
        this.width = width * SECOND;
    }

    private static final class Group {
        private final PaneRing ring;
        private final MemberDirectory directory = new MemberDirectory();
        private long[] seen = {};

        Group(long width) {
            ring = new PaneRing(SECOND, new long[] {width}, 4);
        }

        void add(GroupEvent event) {
            long ts = event.ts();
            ring.add(ts, ACTS, 1);
            int member = directory.indexOf(event.member());
            seen = LastSeen.grown(seen, member);
            if (ts > seen[member]) {
                if (seen[member] != LastSeen.NEVER) {
                    ring.add(seen[member], MEMBERS, -1);
                }
                ring.add(ts, MEMBERS, 1);
                seen[member] = ts;
            }
            if (event.type() == EventType.ORDER_PAID) {
                ring.add(ts, ORDERS, 1);
                ring.add(ts, AMOUNT, event.amount());
            }
        }
    }

    void add(GroupEvent event, long now) {
        Group group = groups.get(event.group());
        if (group == null) {
            group = new Group(width);
            group.ring.advance(now);
            groups.put(event.group(), group);
        }
        group.add(event);
        changed.add(event.group());
    }

    /** Moves every window on that an event or the passing of time has changed, and visits it. */
    void forEachChanged(long now, BiConsumer<String, BareWindow.Answer> visitor) {
        changed.addAll(deadlines.due(now));
        for (String id : changed) {
            PaneRing ring = groups.get(id).ring;
            ring.advance(now);
            deadlines.remove(id);
            deadlines.schedule(id, ring.nextDue());
            visitor.accept(
                    id,
                    new BareWindow.Answer(
                            ring.sum(0, ACTS), ring.sum(0, MEMBERS), ring.sum(0, ORDERS), ring.sum(0, AMOUNT)));
        }
        changed.clear();
    }
}
