package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;

/** People joining, often invited, and leaving or being removed. */
final class Comings {
    private static final String[] CHANNELS = {"field_promotion", "store_material", "official_account", "sms"};
    private static final int SMALLEST_GROUP = 10;

    /** Who comes for what is given away, and goes. */
    private static final double FLEETING = 0.22;

    private static final double HOUR = 3_600_000;

    private final Stage stage;
    private final Dice dice;
    private final Chatter chatter;

    Comings(Stage stage, Chatter chatter) {
        this.stage = stage;
        dice = stage.dice();
        this.chatter = chatter;
    }

    void join(SimGroup group, long ts) {
        if (group.isFull()) {
            return;
        }
        boolean invited = dice.chance(0.45);
        Person host = dice.chance(0.4) ? group.newest() : group.talker(dice, ts);
        String inviter = invited ? host.id() : null;
        Person comer = group.join(stage.world(), dice);
        stage.scribe()
                .draft(EventType.MEMBER_JOINED, ts, group)
                .by(comer)
                .inviter(inviter)
                .channel(invited ? "group_share" : CHANNELS[dice.below(CHANNELS.length)])
                .send();
        if (dice.chance(0.3)) {
            chatter.welcome(group, ts);
        }
        if (dice.chance(FLEETING)) {
            stage.agenda().at(ts + dice.delayMillis(9 * HOUR, 1.2), at -> leaveAgain(group, comer, at));
        }
    }

    /** Several come within the hour. */
    void flock(SimGroup group, long ts, int newcomers) {
        for (int i = 0; i < newcomers; i++) {
            stage.agenda().at(ts + dice.waitMillis(HOUR / 4), at -> join(group, at));
        }
    }

    void leave(SimGroup group, long ts) {
        if (group.size() <= SMALLEST_GROUP) {
            return;
        }
        tell(group, group.leave(dice), ts);
    }

    private void leaveAgain(SimGroup group, Person comer, long ts) {
        if (group.size() > SMALLEST_GROUP && group.leave(comer)) {
            tell(group, comer, ts);
        }
    }

    private void tell(SimGroup group, Person leaver, long ts) {
        stage.scribe()
                .draft(EventType.MEMBER_LEFT, ts, group)
                .by(leaver)
                .reason(dice.chance(0.85) ? "self" : "removed")
                .send();
    }
}
