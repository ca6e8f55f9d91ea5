package io.grouppulse.domain.signal.conversion;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Touches, carts, and the customers who paid within the conversion window of a touch.
 *
 * <p>A window has no upper end, so a customer converted in it exactly when the newest of its converted touches is in it.
 * The matured measures are the same with a delay: a touch {@code c} takes effect in a ring when {@code c + A} lies
 * before the end of that ring's filling slice, and stands there at {@code c + A}.
 */
public final class ConversionSignal implements GroupSignal {
    private final GroupSettings settings;
    private final WindowedCounters counters;
    private final long window;
    private final long longestWindow;
    private final LastSeen touched;
    private final LastSeen carted;
    private final LastSeen converted;
    private final Matured[] matured;
    private final Int2ObjectHashMap<Journey> journeys = new Int2ObjectHashMap<>();
    private long nextSweep = Long.MIN_VALUE;

    public ConversionSignal(GroupSettings settings, WindowedCounters counters) {
        this.settings = settings;
        this.counters = counters;
        this.window = settings.conversionWindow();
        this.longestWindow = settings.windows().stream()
                .mapToLong(spec -> spec.width())
                .max()
                .orElse(0);
        this.touched = new LastSeen(counters, Column.TOUCHED);
        this.carted = new LastSeen(counters, Column.CARTED);
        this.converted = new LastSeen(counters, Column.CONVERTED);
        this.matured = new Matured[counters.rings()];
        for (int ring = 0; ring < matured.length; ring++) {
            matured[ring] = new Matured(counters, ring, window);
        }
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        if (event.type().isTouch()) {
            counters.count(Column.TOUCHES, event.ts(), 1);
            if (sighting.customer()) {
                onTouch(sighting.member(), event.ts());
            }
        } else if (event.type() == EventType.CART_ADDED) {
            counters.count(Column.CARTS, event.ts(), 1);
            if (sighting.customer()) {
                carted.raise(sighting.member(), event.ts());
            }
        }
    }

    private void onTouch(int member, long ts) {
        touched.raise(member, ts);
        Journey journey = journeyOf(member);
        journey.addTouch(ts);
        review(member, journey);
        for (Matured ring : matured) {
            ring.await(member, ts);
        }
    }

    /** A payment of the member at {@code ts}. */
    public void onPaid(int member, long ts) {
        Journey journey = journeyOf(member);
        journey.addPayment(ts);
        review(member, journey);
    }

    /** What was taken for a payment at {@code ts} was none. */
    public void onUnpaid(int member, long ts) {
        Journey journey = journeyOf(member);
        journey.removePayment(ts);
        review(member, journey);
    }

    private Journey journeyOf(int member) {
        Journey journey = journeys.get(member);
        if (journey == null) {
            journey = new Journey();
            journeys.put(member, journey);
        }
        return journey;
    }

    private void review(int member, Journey journey) {
        converted.set(member, journey.newestConverted(Long.MAX_VALUE, window));
        for (Matured ring : matured) {
            ring.review(member, journey);
        }
    }

    @Override
    public void onTime(long t) {
        for (Matured ring : matured) {
            ring.onTime(journeys);
        }
        if (t >= nextSweep && !journeys.isEmpty()) {
            nextSweep = t + settings.lateness();
            sweep(t);
        }
        if (counters.isQuiet() && journeys.isEmpty()) {
            touched.forgetAll();
            carted.forgetAll();
            converted.forgetAll();
            for (Matured ring : matured) {
                ring.forgetAll();
            }
        }
    }

    /** A journey is over when neither a window shifted by A nor today can hold its newest touch. */
    private void sweep(long t) {
        long over = t - Math.max(longestWindow, 2 * 86_400_000L) - 2 * window;
        journeys.values().removeIf(journey -> journey.forgetBefore(over));
    }

    @Override
    public long nextDue() {
        long due = Long.MAX_VALUE;
        for (Matured ring : matured) {
            due = Math.min(due, ring.nextDue());
        }
        return due;
    }

    @Override
    public void onExcluded(int member) {
        Journey journey = journeys.get(member);
        touched.set(member, LastSeen.NEVER);
        carted.set(member, LastSeen.NEVER);
        if (journey != null) {
            journey.clearTouches();
            review(member, journey);
        }
    }

    @Override
    public void save(SavedWriter out) {
        out.number(nextSweep);
        touched.save(out);
        carted.save(out);
        converted.save(out);
        out.number(journeys.size());
        new TreeMap<>(journeys).forEach((member, journey) -> {
            out.number(member);
            journey.save(out);
        });
        for (Matured ring : matured) {
            ring.save(out);
        }
    }

    @Override
    public void restore(SavedReader in) {
        nextSweep = in.number();
        touched.restore(in);
        carted.restore(in);
        converted.restore(in);
        int count = in.size();
        for (int i = 0; i < count; i++) {
            int member = in.index();
            Journey journey = new Journey();
            journey.restore(in);
            journeys.put(member, journey);
        }
        for (Matured ring : matured) {
            ring.restore(in);
        }
    }
}
