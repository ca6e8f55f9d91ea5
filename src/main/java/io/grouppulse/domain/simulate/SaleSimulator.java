package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import java.util.List;
import java.util.function.Consumer;

/**
 * A live sale, told as events in order of time. The same settings tell the same sale, however it is asked for. Costs
 * about a microsecond an event; not thread-safe.
 */
public final class SaleSimulator {
    private static final long SECOND = 1_000;
    private static final long HEARTBEAT = 30_000;
    private static final long TOLD_OF_FLASH = 2_400_000;
    private static final long HEARTBEAT_OF_PAST = 3_600_000;

    /** Follow-ups included, one thing that people begin makes about this many events. */
    private static final double EVENTS_PER_BEGINNING = 2.4;

    private final SimulationSettings settings;
    private final Agenda agenda = new Agenda();
    private final Dice dice;
    private final Scribe scribe;
    private final World world;
    private final Rhythm rhythm;
    private final Repertoire repertoire;
    private final FlashCalendar calendar;
    private final Approach approach;
    private long flash;
    private long now;

    public SaleSimulator(SimulationSettings settings) {
        this.settings = settings;
        dice = new Dice(settings.seed());
        scribe = new Scribe(settings);
        world = new World(settings, dice);
        rhythm = new Rhythm(settings);
        Stage stage = new Stage(settings, dice, agenda, scribe, new Catalogue(dice, 80), world);
        repertoire = new Repertoire(stage);
        now = settings.startMillis();
        calendar = new FlashCalendar(settings);
        flash = calendar.first();
        agenda.at(now, this::beat);
        agenda.at(now, this::second);
        repertoire.open();
        approach = new Approach(settings);
        if (settings.isPastAt(now)) {
            new DailyVisits(stage).planAfter(now);
            agenda.at(Math.max(now, approach.from()), this::approach);
        }
    }

    /** What the registry should know of the groups. */
    public List<GroupProfile> profiles() {
        return world.groups().stream().map(SimGroup::profile).toList();
    }

    /** Who is in the groups now, that is, after the events told so far. */
    public List<GroupRoster> rosters() {
        return world.groups().stream().map(group -> group.roster(now)).toList();
    }

    /** All events before this moment have been told. */
    public long now() {
        return now;
    }

    public boolean isOver() {
        return now >= settings.endMillis();
    }

    /** Tells the events of the next minute. */
    public void nextMinute(Consumer<SimulatedEvent> listener) {
        advanceTo(now + 60 * SECOND, listener);
    }

    /** Tells the events that happen before {@code until}, or before the end of the sale if that is earlier. */
    public void advanceTo(long until, Consumer<SimulatedEvent> listener) {
        long end = Math.min(until, settings.endMillis());
        if (end <= now) {
            return;
        }
        scribe.writeTo(listener);
        agenda.runUntil(end);
        now = end;
    }

    private void beat(long ts) {
        scribe.heartbeat(Scribe.CHAT, ts);
        scribe.heartbeat(Scribe.SHOP, ts);
        agenda.at(ts + (settings.isPastAt(ts) ? HEARTBEAT_OF_PAST : HEARTBEAT), this::beat);
    }

    /** Of a past only what happens around its flash sales is told. */
    private void second(long ts) {
        long next = ts + SECOND;
        if (settings.isPastAt(ts)) {
            if (ts >= flash + TOLD_OF_FLASH) {
                flash = calendar.after(flash);
            }
            next = ts < flash ? Math.min(flash, settings.showsAt()) : next;
        }
        begin(ts);
        agenda.at(next, this::second);
    }

    private void approach(long ts) {
        repertoire.buy(world.evenly(), ts);
        long next = ts + approach.toNext(ts);
        if (next < settings.showsAt()) {
            agenda.at(next, this::approach);
        }
    }

    private void begin(long ts) {
        begin(settings.eventsPerSecondAt(ts), ts, repertoire::play);
        begin(settings.buyingPerSecondAt(ts) * repertoire.buying(), ts, repertoire::playBuying);
    }

    private void begin(double eventsPerSecond, long ts, Repertoire.Scene scene) {
        int beginnings = dice.poisson(eventsPerSecond * rhythm.at(ts) / EVENTS_PER_BEGINNING);
        for (int i = 0; i < beginnings; i++) {
            SimGroup group = world.draw(dice);
            agenda.at(ts + dice.below((int) SECOND), at -> scene.play(group, at));
        }
    }
}
