package io.grouppulse.oracle;

import static io.grouppulse.domain.event.EventType.*;
import static io.grouppulse.oracle.BothTwins.given;
import static io.grouppulse.oracle.EventBuilder.event;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows, counts, people and membership, worked out by hand. */
final class OracleCountsTest {

    private static final long NOON = Instant.parse("2026-11-11T04:00:00Z").toEpochMilli();
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    @Test
    void window_startsAWidthBeforeTheEndOfTheFillingSlice() {
        given(message("before", NOON - 59_001), message("first", NOON - 59_000)).minute(NOON, "messages", 1);
    }

    @Test
    void window_movesOnlyWhenTheSliceIsFull() {
        given(message("a", NOON - 59_000)).minute(NOON + 999, "messages", 1).minute(NOON + 1_000, "messages", 0);
    }

    @Test
    void windowOfTenSecondSlices_startsAtItsOwnEdge() {
        long edge = NOON + 10 * SECOND - 30 * MINUTE;
        given(message("before", edge - 1), message("first", edge))
                .window(NOON, "30m", "messages", 1)
                .window(NOON + 9_999, "30m", "messages", 1)
                .window(NOON + 10_000, "30m", "messages", 0);
    }

    @Test
    void dayLongWindow_isAWholeNumberOfTenMinuteSlices() {
        long edge = NOON + 10 * MINUTE - 24 * HOUR;
        given(message("before", edge - 1), message("first", edge)).window(NOON + 5, "24h", "messages", 1);
    }

    @Test
    void eventAheadOfT_countsInEveryWindow() {
        given(message("ahead", NOON + 5 * SECOND))
                .minute(NOON, "messages", 1)
                .window(NOON, "24h", "messages", 1)
                .today(NOON, "messages", 1);
    }

    @Test
    void day_startsAtMidnightOfTheZone() {
        long midnight = NOON - 12 * HOUR;
        given(message("yesterday", midnight - 1), message("today", midnight))
                .today(NOON, "messages", 1)
                .today(midnight, "messages", 1)
                .today(midnight - 1, "messages", 2);
    }

    @Test
    void duplicate_countsOnceAndTheFirstWins() {
        given(message("a", NOON), message("a", NOON - HOUR), message("a", NOON))
                .minute(NOON, "messages", 1)
                .window(NOON, "24h", "messages", 1);
    }

    @Test
    void sameIdOfTwoSources_isTwoEvents() {
        given(message("a", NOON).source("x"), message("a", NOON).source("y")).minute(NOON, "messages", 2);
    }

    @Test
    void messageOfStaff_countsButItsSpeakerDoesNot() {
        given(message("a", NOON).role(Role.STAFF), message("b", NOON).role(Role.CUSTOMER))
                .minute(NOON, "messages", 2)
                .minute(NOON, "interactions", 2)
                .minute(NOON, "speakers", 1)
                .minute(NOON, "active", 1);
    }

    @Test
    void botAndLeader_areNoCustomers() {
        given(message("a", NOON).role(Role.BOT), message("b", NOON).role(Role.LEADER))
                .minute(NOON, "speakers", 0)
                .minute(NOON, "active", 0);
    }

    @Test
    void speaker_whoSpeaksTwice_countsOnce() {
        given(message("a", NOON), message("b", NOON - 1), message("c", NOON).member("other"))
                .minute(NOON, "speakers", 2);
    }

    @Test
    void message_revokedAtOnceOrAfterTwoMinutesExactly_isGone() {
        given(message("a", NOON), revoke("r1", NOON, "a"), message("b", NOON), revoke("r2", NOON + 120_000, "b"))
                .minute(NOON, "messages", 0)
                .minute(NOON, "interactions", 0)
                .minute(NOON, "speakers", 0)
                .minute(NOON, "active", 0)
                .history(NOON, "messages", 0);
    }

    @Test
    void message_revokedTooLateOrBeforeItWasSent_stays() {
        given(message("a", NOON), revoke("r1", NOON + 120_001, "a"), revoke("r2", NOON - 1, "a"))
                .minute(NOON, "messages", 1)
                .minute(NOON, "speakers", 1);
    }

    @Test
    void message_revokedBySomeoneElse_isGone() {
        given(message("a", NOON), revoke("r", NOON, "a").member("owner").role(Role.LEADER))
                .minute(NOON, "messages", 0);
    }

    @Test
    void revocation_ofAnotherSourceOrGroupOrUnknownTarget_takesNothingBack() {
        given(
                        message("a", NOON).source("x"),
                        revoke("r1", NOON, "a").source("y"),
                        revoke("r2", NOON, "a").source("x").group("h"),
                        revoke("r3", NOON, "nothing").source("x"))
                .minute(NOON, "messages", 1);
    }

    @Test
    void revocation_ofSomethingThatIsNoMessage_takesNothingBack() {
        given(event(CHECKIN_DONE, NOON, "c").member("m"), revoke("r", NOON, "c"))
                .minute(NOON, "interactions", 1)
                .minute(NOON, "active", 1);
    }

    @Test
    void speakerOfARevokedMessage_whoSaidAnotherThing_stillCounts() {
        given(message("a", NOON), message("b", NOON), revoke("r", NOON, "a"))
                .minute(NOON, "messages", 1)
                .minute(NOON, "speakers", 1);
    }

    @Test
    void interactions_areTheFourteenTypesOfTheContract() {
        Set<EventType> interactions = Set.of(
                MESSAGE_SENT,
                REACTION_ADDED,
                CHECKIN_DONE,
                REDPACKET_CLAIMED,
                LOTTERY_ENTERED,
                COUPON_CLAIMED,
                CHAIN_JOINED,
                GROUPBUY_OPENED,
                GROUPBUY_JOINED,
                SHARE_OPENED,
                PRODUCT_VIEWED,
                CART_ADDED,
                ORDER_CREATED,
                ORDER_PAID);
        for (EventType type : EventType.values()) {
            long expected = interactions.contains(type) ? 1 : 0;
            given(event(type, NOON, "a").member("m").order("o").amount(1).chain(1, 2L))
                    .minute(NOON, "interactions", expected)
                    .minute(NOON, "active", expected);
        }
    }

    @Test
    void eachCount_hasTheTypesOfTheContract() {
        Map<EventType, String> measures = Map.of(
                MESSAGE_SENT, "messages",
                MEMBER_JOINED, "joins",
                MEMBER_LEFT, "leaves",
                SHARE_POSTED, "shares",
                SHARE_OPENED, "touches",
                PRODUCT_VIEWED, "touches",
                CART_ADDED, "carts",
                CHAIN_JOINED, "chainEntries");
        List<String> names = new ArrayList<>(MeasureNames.COUNTS);
        names.remove("interactions");
        for (EventType type : EventType.values()) {
            BothTwins one = given(event(type, NOON, "a").member("m"));
            names.forEach(name -> one.minute(NOON, name, name.equals(measures.get(type)) ? 1 : 0));
        }
    }

    @Test
    void chainLine_countsOnceWhenFirstSeen() {
        given(
                        post("p1", NOON - HOUR).chain(1, 10L),
                        post("p2", NOON).chain(1, 10L, 20L),
                        post("p3", NOON + 1).chain(1, 10L, 20L, 30L, 30L))
                .minute(NOON, "chainEntries", 2)
                .window(NOON, "24h", "chainEntries", 3);
    }

    @Test
    void chainLine_isNewInAnotherListOrGroup() {
        given(
                        post("p1", NOON).chain(1, 10L),
                        post("p2", NOON).chain(2, 10L),
                        post("p3", NOON).chain(1, 10L).group("h"),
                        event(CHAIN_JOINED, NOON, "j").member("m"))
                .minute(NOON, "chainEntries", 3)
                .minute(NOON, "interactions", 1);
    }

    @Test
    void chainLine_ofALaterCopyThatCameFirst_isDatedByTheEarlierOne() {
        given(post("late", NOON).chain(1, 10L), post("early", NOON - HOUR).chain(1, 10L))
                .minute(NOON, "chainEntries", 0)
                .history(NOON - HOUR, "chainEntries", 1)
                .history(NOON, "chainEntries", 0);
    }

    @Test
    void member_isInAfterJoiningAndOutAfterLeaving() {
        given(event(MEMBER_JOINED, NOON, "j").member("m")).members(1);
        given(event(MEMBER_JOINED, NOON, "j").member("m"), left("l", NOON + 1)).members(0);
    }

    @Test
    void member_whoLeavesAtTheMillisecondOfTheJoin_isOut() {
        given(event(MEMBER_JOINED, NOON, "j").member("m"), left("l", NOON)).members(0);
        given(left("l", NOON), event(MEMBER_JOINED, NOON, "j").member("m")).members(0);
    }

    @Test
    void member_seenWithoutAJoin_isIn() {
        given(message("a", NOON)).members(1);
        given(left("l", NOON), message("a", NOON + 1)).members(1);
        given(left("l", NOON + 1), message("a", NOON)).members(0);
    }

    @Test
    void member_whoOnlyLeft_isOut() {
        given(left("l", NOON)).members(0);
    }

    @Test
    void member_isSeenByARevokedMessageAndByItsRevocation() {
        given(message("a", NOON), revoke("r", NOON, "a")).members(1);
        given(revoke("r", NOON, "nothing")).members(1);
        given(event(ORDER_REFUNDED, NOON, "f").member("m").order("o").amount(1)).members(1);
    }

    @Test
    void staff_isNoMember_andItsLeaveStillCounts() {
        given(message("a", NOON).role(Role.STAFF)).members(0);
        given(message("a", NOON).role(Role.STAFF), message("b", NOON)).members(1);
        given(message("a", NOON), left("l", NOON + 1).role(Role.STAFF)).members(0);
        given(message("a", NOON), left("l", NOON + 1), message("b", NOON + 2).role(Role.STAFF))
                .members(0);
    }

    @Test
    void operatorsEventWithoutMember_makesNoMember() {
        given(
                        event(BROADCAST_SENT, NOON, "b"),
                        event(SOURCE_HEARTBEAT, NOON, "h").member("m"))
                .members(0);
    }

    @Test
    void groups_areApart() {
        given(
                        message("a", NOON),
                        message("b", NOON).group("h"),
                        message("c", NOON).group("h"))
                .minute(NOON, "messages", 1)
                .hold(
                        "messages of h",
                        2L,
                        m -> m.today(NOON).getOrDefault("h", Map.of()).get("messages"))
                .hold(
                        "groups",
                        Set.of("g", "h"),
                        m -> Set.copyOf(m.members(NOON).keySet()));
    }

    @Test
    void orderWithoutAGroup_isLeftOut() {
        given(event(ORDER_PAID, NOON, "p").member("m").order("o").amount(5).group(""))
                .hold("windows", Map.of(), m -> m.windows(NOON))
                .hold("totals", Map.of(), m -> m.total());
    }

    @Test
    void groupWithAnyEvent_hasEveryMeasureOfEveryWindow() {
        given(event(SOURCE_HEARTBEAT, NOON, "h"))
                .hold(
                        "windows",
                        Set.of("1m", "5m", "30m", "24h"),
                        m -> m.windows(NOON).getOrDefault("g", Map.of()).keySet())
                .hold(
                        "measures",
                        Set.copyOf(MeasureNames.ALL),
                        m -> m.today(NOON).getOrDefault("g", Map.of()).keySet());
    }

    @Test
    void history_isCutAtMinutesAndLeavesEmptyOnesOut() {
        given(
                        message("a", NOON - 1),
                        message("b", NOON),
                        message("c", NOON + 59_999),
                        message("d", NOON + 1).member("other"),
                        message("e", NOON + 60_000),
                        event(BROADCAST_SENT, NOON + 5 * MINUTE, "f"))
                .history(NOON, "messages", 3)
                .history(NOON, "active", 2)
                .hold(
                        "minutes",
                        Set.of(NOON, NOON + MINUTE),
                        m -> m.history(NOON, NOON + HOUR)
                                .getOrDefault("g", Map.of())
                                .keySet())
                .hold(
                        "minutes before the end",
                        Set.of(NOON),
                        m -> m.history(NOON, NOON + MINUTE)
                                .getOrDefault("g", Map.of())
                                .keySet());
    }

    private static EventBuilder message(String id, long ts) {
        return event(MESSAGE_SENT, ts, id).member("m");
    }

    private static EventBuilder revoke(String id, long ts, String target) {
        return event(MESSAGE_REVOKED, ts, id).member("m").target(target);
    }

    private static EventBuilder post(String id, long ts) {
        return event(CHAIN_POSTED, ts, id).member("m");
    }

    private static EventBuilder left(String id, long ts) {
        return event(MEMBER_LEFT, ts, id).member("m");
    }
}
