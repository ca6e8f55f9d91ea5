package io.grouppulse.cli;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.simulate.FlashCalendar;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The flash sales of a show as campaigns: each lasts until the next one, at most two hours, and is to take a tenth more
 * than those before. One of the show is compared with the one before, one of its past with that of the same hour on the
 * day before.
 */
final class DemoCampaigns {
    /** As many of the show as a list shows at a glance; older ones are removed from the registry. */
    private static final int KEPT = 12;

    private static final long DAY = 86_400_000;
    private static final double AMBITION = 1.1;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final SimulationSettings show;
    private final FlashCalendar calendar;
    private final ZoneId zone;
    private final long since;
    private final Deque<String> ofTheShow = new ArrayDeque<>();
    private final TreeMap<Long, String> registered = new TreeMap<>();
    private final TreeMap<Long, Taken> taken = new TreeMap<>();
    private long next;

    /** @param since flash sales that began before are not told of, epoch milliseconds */
    DemoCampaigns(SimulationSettings show, long since) {
        this.show = show;
        this.since = since;
        calendar = new FlashCalendar(show);
        zone = show.zone();
        next = calendar.first();
    }

    /** Told of events in about the order of time, so that targets are such as this show can reach. */
    void learn(GroupEvent event) {
        if (event.type() != EventType.ORDER_PAID) {
            return;
        }
        if (taken.isEmpty()) {
            taken.put(calendar.first(), new Taken());
        }
        for (long start = calendar.after(taken.lastKey()); start <= event.ts(); start = calendar.after(start)) {
            taken.put(start, new Taken());
        }
        Map.Entry<Long, Taken> sale = taken.floorEntry(event.ts());
        if (sale != null && event.ts() < calendar.end(sale.getKey())) {
            sale.getValue().add(event);
        }
    }

    /** The campaigns that begin up to {@code until} and were not told of before, oldest first. */
    List<DemoCampaign> upTo(long until) {
        List<DemoCampaign> campaigns = new ArrayList<>();
        for (; next <= until; next = calendar.after(next)) {
            if (next >= since) {
                campaigns.add(campaign(next));
            }
        }
        return campaigns;
    }

    private DemoCampaign campaign(long from) {
        String id = calendar.campaign(from);
        Map.Entry<Long, String> compared = compared(from);
        Taken goal = goal(from, compared == null ? null : compared.getKey());
        registered.put(from, id);
        if (show.isShowAt(from)) {
            ofTheShow.add(id);
        }
        return new DemoCampaign(
                id,
                "闪购 " + CLOCK.format(Instant.ofEpochMilli(from).atZone(zone)),
                from,
                calendar.end(from),
                Math.max(1, Math.round(AMBITION * goal.gmv)),
                Math.max(1, Math.round(AMBITION * goal.orders)),
                compared == null ? null : compared.getValue());
    }

    private Map.@Nullable Entry<Long, String> compared(long from) {
        Map.Entry<Long, String> before = registered.floorEntry(show.isShowAt(from) ? from - 1 : from - DAY);
        return before != null && show.isShowAt(before.getKey()) == show.isShowAt(from) ? before : null;
    }

    /** What is known to have been taken: of the first sale itself, else of the compared one or the one before that. */
    private Taken goal(long from, @Nullable Long compared) {
        long newest = compared == null ? from : compared;
        Taken goal = taken.getOrDefault(newest, Taken.NOTHING);
        Map.Entry<Long, Taken> before = taken.lowerEntry(newest);
        return compared != null && before != null && before.getValue().orders > goal.orders ? before.getValue() : goal;
    }

    /** Id of a campaign that is too old to be kept, told once; null if there is none. */
    @Nullable String takeOld() {
        return ofTheShow.size() > KEPT ? ofTheShow.poll() : null;
    }

    private static final class Taken {
        static final Taken NOTHING = new Taken();

        private long orders;
        private long gmv;

        void add(GroupEvent paid) {
            orders++;
            gmv += Math.max(0, paid.amount());
        }
    }
}
