package io.grouppulse.oracle;

import static io.grouppulse.domain.event.EventType.*;
import static io.grouppulse.oracle.BothTwins.given;
import static io.grouppulse.oracle.EventBuilder.event;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Orders, money, funnels and conversion, worked out by hand. */
final class OracleOrdersTest {

    private static final long NOON = Instant.parse("2026-11-11T04:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long A = 30 * MINUTE;

    @Test
    void transition_repeated_countsOnceAtItsEarliestTime() {
        given(paid("p2", NOON).amount(7), paid("p1", NOON - HOUR).amount(5))
                .minute(NOON, "ordersPaid", 0)
                .minute(NOON, "gmvPaid", 0)
                .minute(NOON, "interactions", 1)
                .window(NOON, "24h", "ordersPaid", 1)
                .window(NOON, "24h", "gmvPaid", 5)
                .window(NOON, "24h", "interactions", 2)
                .total("ordersPaid", 1);
    }

    @Test
    void transition_withoutAmountFirst_takesTheAmountOfTheNextThatHasOne() {
        given(
                        paid("p1", NOON),
                        paid("p2", NOON + MINUTE).amount(8),
                        paid("p3", NOON + 2 * MINUTE).amount(9))
                .minute(NOON, "gmvPaid", 8)
                .minute(NOON, "unpriced", 0)
                .minute(NOON, "pricedPaid", 1)
                .history(NOON, "gmvPaid", 8)
                .history(NOON + MINUTE, "gmvPaid", 0);
    }

    @Test
    void transition_repeatedAtOneMillisecond_takesTheAmountOfTheSmallerId() {
        given(
                        paid("b", NOON).amount(2),
                        paid("a", NOON).amount(1),
                        paid("c", NOON).amount(3))
                .minute(NOON, "gmvPaid", 1);
    }

    @Test
    void sameOrderIdOfTwoSourcesOrGroups_isTwoOrders() {
        given(
                        paid("p1", NOON).amount(2).source("x"),
                        paid("p1", NOON).amount(3).source("y"),
                        paid("p2", NOON).amount(5).source("x").group("h"))
                .minute(NOON, "ordersPaid", 2)
                .minute(NOON, "gmvPaid", 5)
                .minute(NOON, "buyers", 1);
    }

    @Test
    void createdAndPaid_eachCountWhenTheyHappened() {
        given(created("c", NOON - 10 * MINUTE).amount(100), paid("p", NOON).amount(90))
                .minute(NOON, "ordersCreated", 0)
                .minute(NOON, "ordersPaid", 1)
                .minute(NOON, "gmvPaid", 90)
                .window(NOON, "30m", "ordersCreated", 1)
                .window(NOON, "30m", "gmvCreated", 100)
                .history(NOON - 10 * MINUTE, "gmvCreated", 100)
                .total("gmvCreated", 100);
    }

    @Test
    void missingAmount_isUnpricedWhenPaid_andZeroIsAPrice() {
        given(created("c", NOON), paid("p", NOON)).minute(NOON, "unpriced", 1).minute(NOON, "pricedPaid", 0);
        given(created("c", NOON), paid("p", NOON).amount(0))
                .minute(NOON, "unpriced", 0)
                .minute(NOON, "pricedPaid", 1);
        given(cancelled("x", NOON)).minute(NOON, "unpriced", 0);
    }

    @Test
    void unpaid_isCreatedAndNeitherPaidNorCancelled() {
        given(created("c", NOON)).minute(NOON, "unpaid", 1).history(NOON, "unpaid", 1);
        given(created("c", NOON), paid("p", NOON + HOUR)).minute(NOON, "unpaid", 0);
        given(created("c", NOON), cancelled("x", NOON - 1)).minute(NOON, "unpaid", 0);
        given(cancelled("x", NOON)).minute(NOON, "unpaid", 0);
        given(created("c", NOON - 2 * MINUTE)).minute(NOON, "unpaid", 0).window(NOON, "5m", "unpaid", 1);
    }

    @Test
    void refunds_neverExceedThePaidAmount_earliestFirst() {
        given(
                        paid("p", NOON - 3 * MINUTE).amount(10),
                        refunded("f2", NOON, 8),
                        refunded("f1", NOON - 2 * MINUTE, 7),
                        refunded("f3", NOON, 1))
                .minute(NOON, "refunds", 3)
                .history(NOON - 2 * MINUTE, "refunds", 7)
                .window(NOON, "5m", "refunds", 10)
                .window(NOON, "5m", "gmvNet", 0)
                .total("refunds", 10);
    }

    @Test
    void refundsOfOneMillisecond_goById() {
        given(paid("p", NOON - HOUR).amount(10), refunded("b", NOON, 8), refunded("a", NOON, 6), refunded("c", NOON, 9))
                .minute(NOON, "refunds", 10)
                .minute(NOON, "gmvNet", -10);
    }

    @Test
    void refund_sentTwice_appliesOnce() {
        given(paid("p", NOON).amount(10), refunded("f", NOON, 3), refunded("f", NOON, 3))
                .minute(NOON, "refunds", 3)
                .minute(NOON, "gmvNet", 7);
    }

    @Test
    void refund_ofAnUnpaidOrUnpricedOrder_isNothing() {
        given(created("c", NOON).amount(10), refunded("f", NOON, 3)).minute(NOON, "refunds", 0);
        given(paid("p", NOON), refunded("f", NOON, 3))
                .minute(NOON, "refunds", 0)
                .minute(NOON, "gmvNet", 0);
    }

    @Test
    void refund_datedBeforeThePayment_appliesAtItsOwnTime() {
        given(refunded("f", NOON - HOUR, 3), paid("p", NOON).amount(10))
                .minute(NOON, "refunds", 0)
                .minute(NOON, "gmvNet", 10)
                .history(NOON - HOUR, "refunds", 3)
                .history(NOON - HOUR, "gmvNet", -3)
                .window(NOON, "24h", "gmvNet", 7);
    }

    @Test
    void refund_ofAnotherSource_isOfAnotherOrder() {
        given(paid("p", NOON).amount(10).source("x"), refunded("f", NOON, 3).source("y"))
                .minute(NOON, "refunds", 0);
    }

    @Test
    void cancelAfterOrWithThePayment_givesThePaymentBackAtItsOwnTime() {
        given(paid("p", NOON - HOUR).amount(10), cancelled("x", NOON))
                .minute(NOON, "gmvNet", -10)
                .minute(NOON, "refunds", 0)
                .window(NOON, "24h", "gmvNet", 0)
                .window(NOON, "24h", "gmvPaid", 10)
                .total("ordersCancelled", 1)
                .total("gmvPaid", 10);
        given(paid("p", NOON).amount(10), cancelled("x", NOON)).minute(NOON, "gmvNet", 0);
    }

    @Test
    void cancelBeforeThePayment_givesNothingBack() {
        given(cancelled("x", NOON - 1), paid("p", NOON).amount(10), cancelled("y", NOON + 1))
                .minute(NOON, "gmvNet", 10)
                .total("ordersCancelled", 1);
    }

    @Test
    void cancel_givesBackOnlyWhatWasNotRefunded_alsoLater() {
        given(
                        paid("p", NOON - 3 * MINUTE).amount(10),
                        refunded("f1", NOON - 2 * MINUTE, 2),
                        cancelled("x", NOON),
                        refunded("f2", NOON + 2 * MINUTE, 3))
                .history(NOON - 3 * MINUTE, "gmvNet", 10)
                .history(NOON - 2 * MINUTE, "gmvNet", -2)
                .history(NOON, "gmvNet", -5)
                .history(NOON + 2 * MINUTE, "gmvNet", -3)
                .window(NOON, "5m", "gmvNet", 0);
    }

    @Test
    void cancelOfAnUnpricedPayment_givesNothingBack() {
        given(paid("p", NOON), cancelled("x", NOON)).minute(NOON, "gmvNet", 0).minute(NOON, "unpriced", 1);
    }

    @Test
    void buyers_areOfAnyRoleAndDistinct_whilePaidInTheFunnelAreCustomers() {
        given(
                        paid("p1", NOON).order("o1"),
                        paid("p2", NOON).order("o2"),
                        paid("p3", NOON).order("o3").member("boss").role(Role.STAFF))
                .minute(NOON, "buyers", 2)
                .minute(NOON, "paid", 1)
                .minute(NOON, "ordered", 1)
                .minute(NOON, "ordersPaid", 3)
                .history(NOON, "buyers", 2);
    }

    @Test
    void funnel_countsEachStepByItself() {
        given(
                        touch("t", NOON).member("a"),
                        event(CART_ADDED, NOON, "k").member("b"),
                        event(CART_ADDED, NOON, "l").member("b"),
                        created("c", NOON).member("c").order("o1"),
                        paid("p", NOON).member("d").order("o2"),
                        paid("q", NOON).member("c").order("o1"))
                .minute(NOON, "touched", 1)
                .minute(NOON, "carted", 1)
                .minute(NOON, "ordered", 2)
                .minute(NOON, "paid", 2)
                .minute(NOON, "carts", 2);
    }

    @Test
    void funnelAndBuyers_goByTheTransition_notByItsRepeat() {
        given(paid("p1", NOON - HOUR), paid("p2", NOON))
                .minute(NOON, "paid", 0)
                .minute(NOON, "ordered", 0)
                .minute(NOON, "buyers", 0)
                .minute(NOON, "active", 1);
        given(paid("p1", NOON - 1).role(Role.STAFF), paid("p2", NOON)).minute(NOON, "paid", 0);
    }

    @Test
    void conversion_takesAPaymentFromTheTouchUntilExactlyAAfter() {
        long t = NOON + HOUR;
        given(touch("t", NOON), paid("p", NOON)).window(t, "24h", "conversionNum", 1);
        given(touch("t", NOON), paid("p", NOON + A)).window(t, "24h", "conversionNum", 1);
        given(touch("t", NOON), paid("p", NOON + A + 1))
                .window(t, "24h", "conversionNum", 0)
                .window(t, "24h", "conversionDen", 1);
        given(touch("t", NOON), paid("p", NOON - 1)).window(t, "24h", "conversionNum", 0);
    }

    @Test
    void conversion_ignoresAPaymentAheadOfT() {
        given(touch("t", NOON), paid("p", NOON + 5))
                .minute(NOON + 4, "conversionNum", 0)
                .minute(NOON + 5, "conversionNum", 1)
                .minute(NOON + 4, "paid", 1);
    }

    @Test
    void conversion_needsTheTouchInTheWindow() {
        given(touch("t", NOON - 59_001), paid("p", NOON))
                .minute(NOON, "conversionDen", 0)
                .minute(NOON, "conversionNum", 0)
                .window(NOON, "5m", "conversionNum", 1);
    }

    @Test
    void conversion_countsACustomerOnce_whicheverTouchLedThere() {
        given(
                        touch("t1", NOON - HOUR),
                        touch("t2", NOON - MINUTE),
                        event(SHARE_OPENED, NOON, "t3").member("m"),
                        paid("p1", NOON - 30_000).order("o1"),
                        paid("p2", NOON).order("o2"))
                .window(NOON, "24h", "conversionDen", 1)
                .window(NOON, "24h", "conversionNum", 1);
    }

    @Test
    void conversion_isOfTheSameCustomerInTheSameGroup() {
        given(touch("t", NOON), paid("p", NOON).member("other"), paid("q", NOON).group("h"))
                .minute(NOON, "conversionDen", 1)
                .minute(NOON, "conversionNum", 0);
        given(touch("t", NOON).role(Role.BOT), paid("p", NOON))
                .minute(NOON, "conversionDen", 0)
                .minute(NOON, "conversionNum", 0);
        given(touch("t", NOON), paid("p", NOON).role(Role.STAFF)).minute(NOON, "conversionNum", 0);
    }

    @Test
    void conversion_goesByTheFirstPaymentOfAnOrder() {
        given(paid("p1", NOON - 1), touch("t", NOON), paid("p2", NOON + 1))
                .minute(NOON + 1, "conversionNum", 0)
                .minute(NOON + 1, "conversionDen", 1);
    }

    @Test
    void maturedConversion_isTheWindowShiftedBackByA() {
        long end = NOON + 1_000;
        given(touch("t", end - A - 1)).minute(NOON, "maturedDen", 1).minute(NOON, "conversionDen", 0);
        given(touch("t", end - A)).minute(NOON, "maturedDen", 0);
        given(touch("t", end - A - MINUTE)).minute(NOON, "maturedDen", 1);
        given(touch("t", end - A - MINUTE - 1)).minute(NOON, "maturedDen", 0);
    }

    @Test
    void maturedConversion_stillTakesPaymentsUntilTAlone() {
        long touched = NOON + 1_000 - A - 1;
        given(touch("t", touched), paid("p", touched + A))
                .minute(NOON, "maturedDen", 1)
                .minute(NOON, "maturedNum", 0)
                .minute(NOON + 999, "maturedNum", 1);
        given(touch("t", touched), paid("p", NOON)).minute(NOON, "maturedNum", 1);
    }

    @Test
    void conversionsOfTheDay_beginAtMidnight_maturedOnesBySpentA() {
        long midnight = NOON - 12 * HOUR;
        given(touch("t", midnight - A), paid("p", midnight))
                .today(NOON, "maturedNum", 1)
                .today(NOON, "maturedDen", 1)
                .today(NOON, "conversionDen", 0);
        given(touch("t", midnight - A - 1)).today(NOON, "maturedDen", 0);
        given(touch("t", NOON - A)).today(NOON, "maturedDen", 1).today(NOON - 1, "maturedDen", 0);
        given(touch("t", midnight), paid("p", midnight + A))
                .today(NOON, "conversionNum", 1)
                .today(midnight + A - 1, "conversionNum", 0);
    }

    private static EventBuilder touch(String id, long ts) {
        return event(PRODUCT_VIEWED, ts, id).member("m");
    }

    private static EventBuilder created(String id, long ts) {
        return order(ORDER_CREATED, id, ts);
    }

    private static EventBuilder paid(String id, long ts) {
        return order(ORDER_PAID, id, ts);
    }

    private static EventBuilder cancelled(String id, long ts) {
        return order(ORDER_CANCELLED, id, ts);
    }

    private static EventBuilder refunded(String id, long ts, long amount) {
        return order(ORDER_REFUNDED, id, ts).amount(amount);
    }

    private static EventBuilder order(EventType type, String id, long ts) {
        return event(type, ts, id).member("m").order("o");
    }
}
