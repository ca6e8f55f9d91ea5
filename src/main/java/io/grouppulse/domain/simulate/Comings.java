package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;

/** People joining, often invited, and leaving or being removed. */
final class Comings {
    private static final String[] CHANNELS = {"field_promotion", "store_material", "official_account", "sms"};
    private static final int SMALLEST_GROUP = 10;

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
        String inviter = invited ? group.talker(dice).id() : null;
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
    }

    void leave(SimGroup group, long ts) {
        if (group.size() <= SMALLEST_GROUP) {
            return;
        }
        stage.scribe()
                .draft(EventType.MEMBER_LEFT, ts, group)
                .by(group.leave(dice))
                .reason(dice.chance(0.85) ? "self" : "removed")
                .send();
    }
}
