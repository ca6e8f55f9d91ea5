package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;

/**
 * The way from a look to an order and its money: most turn back, some pay late, a few cancel or want refunds. Some orders
 * do not say from which group they come, and some come from none.
 */
final class Shopping {
    private static final double UNPRICED = 0.015;
    private static final double NAMES_NO_GROUP = 0.08;
    private static final double PAY = 0.8;
    private static final double PAY_LATE = 0.08;
    private static final double CANCEL_UNPAID = 0.4;
    private static final double CANCEL_PAID = 0.008;
    private static final double REFUND = 0.05;
    private static final double WHOLE_REFUND = 0.6;
    private static final double DISCOUNT = 0.06;
    private static final long MINUTE = 60_000;
    private static final long AT_ONCE = 75_000;
    private static final double OTHERS = 3;

    private final Stage stage;
    private final Dice dice;

    Shopping(Stage stage) {
        this.stage = stage;
        dice = stage.dice();
    }

    void browse(SimGroup group, long ts) {
        browse(group, group.shopper(dice, ts), ts);
    }

    void browse(SimGroup group, Person person, long ts) {
        view(Visit.ofOwnAccord(group, person, stage), ts);
    }

    /** Someone orders in the shop, without having looked at anything in a group. */
    void buyDirectly(SimGroup group, long ts) {
        order(Visit.ofOwnAccord(group, group.anyone(dice, ts), stage), true, ts);
    }

    /** Someone looks, and has paid {@link #AT_ONCE} later; some others look too. */
    void buyAtOnce(SimGroup group, long ts) {
        Visit visit = Visit.ofOwnAccord(group, group.shopper(dice, ts), stage);
        send(visit, EventType.PRODUCT_VIEWED, ts);
        Purchase purchase = new Purchase(
                visit, false, stage.scribe().newId('o'), visit.item().price() * visit.quantity());
        stage.agenda().at(ts + (long) (AT_ONCE * dice.unit()), at -> send(purchase, EventType.ORDER_CREATED, at));
        stage.agenda().at(ts + AT_ONCE, at -> pay(purchase, at));
        for (int others = dice.poisson(OTHERS); others > 0; others--) {
            Visit other = Visit.ofOwnAccord(group, group.shopper(dice, ts), stage);
            stage.agenda().at(ts + dice.below(60_000), at -> send(other, EventType.PRODUCT_VIEWED, at));
        }
    }

    /** Someone opens what was posted. */
    void open(SimGroup group, Visit.Offer offer, long ts) {
        Visit visit = Visit.throughShare(group, offer, ts, stage);
        send(visit, EventType.SHARE_OPENED, ts);
        if (dice.chance(visit.hot() ? 0.75 : 0.6)) {
            stage.agenda().at(ts + dice.delayMillis(4_000, 0.8), at -> view(visit, at));
        }
    }

    private void view(Visit visit, long ts) {
        send(visit, EventType.PRODUCT_VIEWED, ts);
        if (dice.chance(visit.hot() ? 0.45 : 0.3)) {
            stage.agenda().at(ts + dice.delayMillis(visit.hot() ? 6_000 : 20_000, 0.9), at -> fillCart(visit, at));
        }
    }

    private void fillCart(Visit visit, long ts) {
        send(visit, EventType.CART_ADDED, ts);
        if (dice.chance(visit.hot() ? 0.65 : 0.55)) {
            stage.agenda().at(ts + dice.delayMillis(visit.hot() ? 7_000 : 30_000, 1), at -> decide(visit, at));
        }
    }

    private void decide(Visit visit, long ts) {
        boolean namesNoGroup = dice.chance(NAMES_NO_GROUP);
        if (namesNoGroup && visit.share() == null) {
            // Whoever looked in two groups cannot be told to have bought in one of them.
            SimGroup other = stage.world().otherGroupOf(visit.person(), visit.group(), dice);
            if (other != null) {
                send(visit.in(other), EventType.PRODUCT_VIEWED, ts);
            }
        }
        order(visit, namesNoGroup, ts);
    }

    private void order(Visit visit, boolean namesNoGroup, long ts) {
        long price = visit.hot()
                ? Catalogue.nineEnding(visit.item().price() * 0.7)
                : visit.item().price();
        long amount = dice.chance(UNPRICED) ? GroupEvent.NO_AMOUNT : price * visit.quantity();
        Purchase purchase = new Purchase(visit, namesNoGroup, stage.scribe().newId('o'), amount);
        send(purchase, EventType.ORDER_CREATED, ts);
        if (dice.chance(PAY)) {
            stage.agenda().at(ts + payDelay(visit, ts), at -> pay(discounted(purchase), at));
        } else if (dice.chance(CANCEL_UNPAID)) {
            stage.agenda().at(ts + dice.delayMillis(8 * MINUTE, 0.7), at -> cancel(purchase, at));
        }
    }

    /** Nobody pays late before a show, or it would be in the minutes in which rain would be open by one order more. */
    private long payDelay(Visit visit, long ts) {
        if (dice.chance(PAY_LATE) && !stage.settings().isPastAt(ts)) {
            return (long) dice.between(31 * MINUTE, 90 * MINUTE);
        }
        return dice.delayMillis(visit.hot() ? 8_000 : 25_000, 1);
    }

    private Purchase discounted(Purchase purchase) {
        return purchase.isPriced() && dice.chance(DISCOUNT)
                ? purchase.of(Catalogue.nineEnding(purchase.amount() * 0.9))
                : purchase;
    }

    private void pay(Purchase purchase, long ts) {
        send(purchase, EventType.ORDER_PAID, ts);
        if (dice.chance(CANCEL_PAID)) {
            stage.agenda().at(ts + dice.delayMillis(5 * MINUTE, 0.8), at -> cancel(purchase, at));
        } else if (purchase.isPriced() && dice.chance(REFUND)) {
            stage.agenda().at(ts + dice.delayMillis(12 * MINUTE, 1), at -> refund(purchase, at));
        }
    }

    private void refund(Purchase purchase, long ts) {
        long part = dice.chance(WHOLE_REFUND) ? purchase.amount() : (long) (purchase.amount() * dice.between(0.1, 0.9));
        send(purchase.of(part), EventType.ORDER_REFUNDED, ts);
        long rest = purchase.amount() - part;
        if (rest > 0 && dice.chance(0.2)) {
            long next = ts + dice.delayMillis(5 * MINUTE, 0.5);
            stage.agenda().at(next, at -> send(purchase.of(rest), EventType.ORDER_REFUNDED, at));
        }
    }

    private void cancel(Purchase purchase, long ts) {
        send(purchase.of(GroupEvent.NO_AMOUNT), EventType.ORDER_CANCELLED, ts);
    }

    private void send(Visit visit, EventType type, long ts) {
        visit.draft(stage.scribe(), type, ts).send();
    }

    private void send(Purchase purchase, EventType type, long ts) {
        Scribe.Draft draft =
                purchase.visit().draft(stage.scribe(), type, ts).order(purchase.order(), purchase.amount());
        (purchase.namesNoGroup() ? draft.withoutGroup() : draft).send();
    }

    /** @param amount minor units, {@link GroupEvent#NO_AMOUNT} where the shop tells no price */
    private record Purchase(Visit visit, boolean namesNoGroup, String order, long amount) {
        boolean isPriced() {
            return amount != GroupEvent.NO_AMOUNT;
        }

        Purchase of(long newAmount) {
            return new Purchase(visit, namesNoGroup, order, newAmount);
        }
    }
}
