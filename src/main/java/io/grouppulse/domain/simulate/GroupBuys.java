package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;

/** Group-buys: one opens, others join, it forms with three or fails. All of a day in a group are of one item. */
final class GroupBuys {
    private static final long FORMING_TIME = 300_000;
    private static final long DAY = 86_400_000;

    private final Stage stage;

    GroupBuys(Stage stage) {
        this.stage = stage;
    }

    void open(SimGroup group, long ts) {
        Dice dice = stage.dice();
        Catalogue.Item item = stage.catalogue().ofTheDay(group.id(), Math.floorDiv(ts, DAY));
        send(EventType.GROUPBUY_OPENED, group, group.shopper(dice, ts), item, ts);
        int joiners = dice.below(4);
        for (Person person : group.several(joiners, dice, ts)) {
            long moment = ts + (long) dice.between(2_000, FORMING_TIME - 10_000);
            stage.agenda().at(moment, at -> send(EventType.GROUPBUY_JOINED, group, person, item, at));
        }
        EventType outcome = joiners >= 2 ? EventType.GROUPBUY_FORMED : EventType.GROUPBUY_FAILED;
        stage.agenda()
                .at(
                        ts + FORMING_TIME,
                        at -> stage.scribe()
                                .draft(outcome, at, group)
                                .item(item.id(), 0)
                                .send());
    }

    private void send(EventType type, SimGroup group, Person person, Catalogue.Item item, long ts) {
        stage.scribe().draft(type, ts, group).by(person).item(item.id(), 1).send();
    }
}
