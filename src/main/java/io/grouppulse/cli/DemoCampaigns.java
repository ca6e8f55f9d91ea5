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
import org.jspecify.annotations.Nullable;

/**
 * The flash sales of a show as campaigns: each lasts until the next one, is compared with the one before, and is to take
 * a tenth more than the first one took.
 */
final class DemoCampaigns {
    /** As many as a list shows at a glance; older ones are removed from the registry. */
    private static final int KEPT = 12;

    private static final double AMBITION = 1.1;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final FlashCalendar calendar;
    private final ZoneId zone;
    private final Deque<String> registered = new ArrayDeque<>();
    private long next;
    private long ordersOfFirst;
    private long gmvOfFirst;

    /** @param show started when the demo's past begins */
    DemoCampaigns(SimulationSettings show) {
        calendar = new FlashCalendar(show);
        zone = show.zone();
        next = calendar.first();
    }

    /** Told of every event of the past, so that the target is one that this show can reach. */
    void learn(GroupEvent event) {
        long first = calendar.first();
        if (event.type() == EventType.ORDER_PAID && event.ts() >= first && event.ts() < calendar.after(first)) {
            ordersOfFirst++;
            gmvOfFirst += Math.max(0, event.amount());
        }
    }

    /** The campaigns that begin up to {@code until} and were not told of before, oldest first. */
    List<DemoCampaign> upTo(long until) {
        List<DemoCampaign> campaigns = new ArrayList<>();
        for (; next <= until; next = calendar.after(next)) {
            String id = calendar.campaign(next);
            campaigns.add(new DemoCampaign(
                    id,
                    "闪购 " + CLOCK.format(Instant.ofEpochMilli(next).atZone(zone)),
                    next,
                    calendar.after(next),
                    Math.max(1, Math.round(AMBITION * gmvOfFirst)),
                    Math.max(1, Math.round(AMBITION * ordersOfFirst)),
                    registered.peekLast()));
            registered.add(id);
        }
        return campaigns;
    }

    /** Id of a campaign that is too old to be kept, told once; null if there is none. */
    @Nullable String takeOld() {
        return registered.size() > KEPT ? registered.poll() : null;
    }
}
