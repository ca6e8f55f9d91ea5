package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;

/** Talk: messages that draw replies and reactions, a few of them taken back, and check-ins. */
final class Chatter {
    private static final double REPLY = 0.38;
    private static final double REACTION = 0.12;
    private static final double REVOKE = 0.008;
    private static final double BY_CREW = 0.12;
    private static final int LONGEST_EXCHANGE = 12;

    private final Stage stage;

    Chatter(Stage stage) {
        this.stage = stage;
    }

    void speak(SimGroup group, long ts) {
        speak(group, ts, 0);
    }

    void checkIn(SimGroup group, long ts) {
        stage.scribe()
                .draft(EventType.CHECKIN_DONE, ts, group)
                .by(group.anyone(stage.dice(), ts))
                .send();
    }

    void welcome(SimGroup group, long ts) {
        stage.agenda().at(ts + stage.dice().waitMillis(4_000), at -> say(group, at, group.leader()));
    }

    private void speak(SimGroup group, long ts, int depth) {
        Dice dice = stage.dice();
        Person speaker = dice.chance(BY_CREW) ? group.someCrew(dice) : group.talker(dice, ts);
        String message = say(group, ts, speaker);
        if (dice.chance(REVOKE)) {
            // Some come after the two minutes in which a message can be taken back.
            stage.agenda().at(ts + dice.delayMillis(20_000, 1), at -> revoke(group, at, speaker, message));
        }
        if (dice.chance(REACTION)) {
            stage.agenda().at(ts + dice.waitMillis(15_000), at -> react(group, at));
        }
        if (depth < LONGEST_EXCHANGE && dice.chance(REPLY)) {
            stage.agenda().at(ts + dice.waitMillis(15_000), at -> speak(group, at, depth + 1));
        }
    }

    private String say(SimGroup group, long ts, Person speaker) {
        return stage.scribe()
                .draft(EventType.MESSAGE_SENT, ts, group)
                .by(speaker)
                .send();
    }

    private void revoke(SimGroup group, long ts, Person speaker, String message) {
        stage.scribe()
                .draft(EventType.MESSAGE_REVOKED, ts, group)
                .by(speaker)
                .target(message)
                .send();
    }

    private void react(SimGroup group, long ts) {
        stage.scribe()
                .draft(EventType.REACTION_ADDED, ts, group)
                .by(group.anyone(stage.dice(), ts))
                .send();
    }
}
