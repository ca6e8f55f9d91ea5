package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;
import java.time.Instant;

/**
 * Of the days of a past it is told that people were there, by one thing that each of them did: as many people as on the
 * day of the show would be too many events if all that they did were told.
 */
final class DailyVisits {
    /** Of the others, always the same ones, nothing is told before a show. */
    private static final double TOLD = 0.6;

    private static final double CHECK_IN = 0.7;
    private static final long HOUR = 3_600_000;
    private static final long SALT = 0x6461796C69766573L;

    private final Stage stage;
    private final Weights hours = Rhythm.hours();

    DailyVisits(Stage stage) {
        this.stage = stage;
    }

    /** Plans the first day that begins after {@code ts}; each day plans its successor. */
    void planAfter(long ts) {
        long next = startOfNextDay(ts);
        if (stage.settings().isPastAt(next)) {
            stage.agenda().at(next, this::plan);
        }
    }

    private void plan(long midnight) {
        Dice dice = stage.dice();
        for (SimGroup group : stage.world().groups()) {
            for (Person person : group.allAround(midnight)) {
                long moment = midnight + hours.draw(dice) * HOUR + dice.below((int) HOUR);
                if (Dice.unit(person.number() ^ SALT) < TOLD && stage.settings().isPastAt(moment)) {
                    stage.agenda().at(moment, at -> visit(group, person, at));
                }
            }
        }
        planAfter(midnight);
    }

    private void visit(SimGroup group, Person person, long ts) {
        if (group.has(person)) {
            EventType act = stage.dice().chance(CHECK_IN) ? EventType.CHECKIN_DONE : EventType.REACTION_ADDED;
            stage.scribe().draft(act, ts, group).by(person).send();
        }
    }

    private long startOfNextDay(long ts) {
        return Instant.ofEpochMilli(ts)
                .atZone(stage.settings().zone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(stage.settings().zone())
                .toInstant()
                .toEpochMilli();
    }
}
