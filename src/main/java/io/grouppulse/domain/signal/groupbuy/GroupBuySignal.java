package io.grouppulse.domain.signal.groupbuy;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import java.util.Map;
import java.util.TreeSet;

/** Remembers the events of group-buys for as long as every event of a customer is remembered. */
public final class GroupBuySignal implements GroupSignal {
    private static final long DAY = 86_400_000;
    private static final int NOBODY = -1;

    private final long remembered;
    private final TreeSet<BuyAct> acts = new TreeSet<>(BuyAct.IN_TIME);

    public GroupBuySignal(GroupSettings settings) {
        this.remembered = settings.activityDays() * DAY;
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        boolean isOutcome = switch (event.type()) {
            case GROUPBUY_FORMED, GROUPBUY_FAILED -> true;
            default -> false;
        };
        if (isOutcome
                || ((event.type() == EventType.GROUPBUY_OPENED || event.type() == EventType.GROUPBUY_JOINED)
                        && sighting.member() >= 0)) {
            String item = event.item() == null ? "" : event.item();
            acts.add(
                    new BuyAct(event.ts(), sighting.key(), event.type(), item, isOutcome ? NOBODY : sighting.member()));
        }
    }

    @Override
    public void onTime(long t) {
        while (!acts.isEmpty() && acts.first().ts() < t - remembered) {
            acts.pollFirst();
        }
    }

    /** By item, empty for buys of none: what became of the group-buys opened in {@code from <= ts < to}. */
    public Map<String, BuySum> sums(long from, long to) {
        return acts.isEmpty() ? Map.of() : Buy.sums(Buy.of(acts), from, to);
    }

    @Override
    public void save(SavedWriter out) {
        out.number(acts.size());
        for (BuyAct act : acts) {
            out.number(act.ts());
            out.fixed(act.key());
            out.text(act.type().wireName());
            out.text(act.item());
            out.number(act.member());
        }
    }

    @Override
    public void restore(SavedReader in) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            long ts = in.number();
            long key = in.fixed();
            String name = in.text();
            EventType type = EventType.ofWireName(name);
            if (type == null) {
                throw new SavedStateException("no event type '" + name + "'");
            }
            acts.add(new BuyAct(ts, key, type, in.text(), in.index()));
        }
    }
}
