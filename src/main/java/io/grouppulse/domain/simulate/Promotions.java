package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators do to wake a group: shared goods, red packets, coupons, lotteries, live streams. */
final class Promotions {
    private static final double COUPON_USED = 0.4;

    private final Stage stage;
    private final Dice dice;
    private final Chatter chatter;
    private final Shopping shopping;

    Promotions(Stage stage, Chatter chatter, Shopping shopping) {
        this.stage = stage;
        dice = stage.dice();
        this.chatter = chatter;
        this.shopping = shopping;
    }

    /** Posts an item to the group and lets people open it over the next minutes. */
    void share(SimGroup group, long ts) {
        wave(group, ts, null, dice.between(0.03, 0.10), 90_000);
    }

    /** @param reach what part of the group opens it, on average at usual liveliness */
    void wave(SimGroup group, long ts, @Nullable String campaign, double reach, double spreadMillis) {
        Visit.Offer offer =
                new Visit.Offer(stage.scribe().newId('s'), stage.catalogue().draw(dice), campaign);
        stage.scribe()
                .draft(EventType.SHARE_POSTED, ts, group)
                .by(group.someCrew(dice))
                .item(offer.item().id(), 0)
                .share(offer.share())
                .campaign(campaign)
                .send();
        int openers = dice.poisson(
                group.size() * Math.min(0.6, reach * stage.settings().intensity()));
        for (int i = 0; i < openers; i++) {
            stage.agenda().at(ts + 1_000 + dice.waitMillis(spreadMillis), at -> shopping.open(group, offer, at));
        }
    }

    void redPacket(SimGroup group, long ts) {
        start(EventType.REDPACKET_SENT, group, ts);
        crowd(EventType.REDPACKET_CLAIMED, group, ts, 5 + dice.below(25), 6_000);
        crowd(EventType.MESSAGE_SENT, group, ts + 3_000, 1 + dice.below(5), 10_000);
    }

    void coupons(SimGroup group, long ts) {
        start(EventType.BROADCAST_SENT, group, ts);
        for (Person person : crowd(EventType.COUPON_CLAIMED, group, ts, 5 + dice.below(20), 60_000)) {
            if (dice.chance(COUPON_USED)) {
                stage.agenda().at(ts + 1_000 + dice.waitMillis(120_000), at -> shopping.browse(group, person, at));
            }
        }
    }

    void lottery(SimGroup group, long ts) {
        start(EventType.BROADCAST_SENT, group, ts);
        crowd(EventType.LOTTERY_ENTERED, group, ts, 5 + dice.below(30), 40_000);
    }

    void live(SimGroup group, long ts) {
        long length = stage.settings().isShowAt(ts) ? 240_000 : 1_200_000;
        start(EventType.LIVE_STARTED, group, ts);
        stage.agenda().at(ts + length, at -> start(EventType.LIVE_ENDED, group, at));
        int remarks = dice.poisson(0.1 * group.size());
        for (int i = 0; i < remarks; i++) {
            stage.agenda().at(ts + (long) (length * dice.unit()), at -> remark(group, at));
        }
    }

    private void remark(SimGroup group, long ts) {
        if (dice.chance(0.6)) {
            chatter.speak(group, ts);
        } else {
            shopping.browse(group, ts);
        }
    }

    private void start(EventType type, SimGroup group, long ts) {
        stage.scribe().draft(type, ts, group).by(group.leader()).send();
    }

    private List<Person> crowd(EventType type, SimGroup group, long ts, int count, double spreadMillis) {
        List<Person> people = group.several(count, dice, ts);
        for (Person person : people) {
            long moment = ts + 500 + dice.waitMillis(spreadMillis);
            stage.agenda()
                    .at(
                            moment,
                            at -> stage.scribe()
                                    .draft(type, at, group)
                                    .by(person)
                                    .send());
        }
        return people;
    }
}
