package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Groups of one sale, judged by each other. */
class PeerModelTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long START = 1_794_240_000_000L;
    private static final SalePlan PLAN = new SalePlan("c", "", Set.of(), START, START + 60 * MINUTE);

    private final Map<String, BitSet> active = new HashMap<>();
    private final Map<String, HourHistory> hours = new HashMap<>();
    private final Map<String, BlindTimes> blind = new HashMap<>();

    @Test
    void group_thatCouldNotBeSeen_isJudgedByTheOtherMinutesAlone() {
        peers(30, minute -> true);
        group("missing", 168, minute -> false);
        group("cut", 168, minute -> false);
        group("back", 168, minute -> minute >= 20);
        long from = START - HOUR;
        blind.put("cut", BlindTimes.in(List.of(new BlindTimes.Span(from, START + 20 * MINUTE - 1))));
        blind.put("back", BlindTimes.in(List.of(new BlindTimes.Span(from, START + 20 * MINUTE - 1))));

        int found = (int) ((gap("missing", 60).silentAt() - START) / MINUTE);
        assertThat(gap("cut", 20).expected()).isZero();
        assertThat(gap("cut", 60).silentAt()).isBetween(START + 22 * MINUTE, START + (20 + found) * MINUTE);
        for (int minutes = 1; minutes <= 60; minutes++) {
            assertThat(gap("back", minutes).isSilent()).as("%d", minutes).isFalse();
        }
        blind.put("back", BlindTimes.in(List.of(new BlindTimes.Span(from, Long.MAX_VALUE))));
        assertThat(gap("back", 60).isSilent()).isFalse();
        blind.clear();
        assertThat(gap("back", 20).isSilent()).isTrue();
    }

    @Test
    void group_thatMissesASaleAtWhichAllOthersAre_isSilentWithinFiveMinutes() {
        peers(30, minute -> true);
        group("missing", 168, minute -> false);

        assertThat(gap("missing", 2).isSilent()).isFalse();
        PeerGap gap = gap("missing", 5);
        assertThat(gap.silentAt()).isBetween(START + 2 * MINUTE, START + 5 * MINUTE);
        assertThat(gap.since()).isEqualTo(START);
        assertThat(gap.probability()).isLessThan(PeerModel.BUDGET / 2);
        assertThat(gap.expected()).isGreaterThan(5);
        assertThat(gap("peer-0", 60).isSilent()).isFalse();
    }

    @Test
    void group_thatAlwaysTalkedLessThanItsPeers_isGivenMoreTime() {
        peers(30, minute -> true);
        group("usual", 168, minute -> false);
        group("rare", 8, minute -> false);

        assertThat(gap("usual", 6).isSilent()).isTrue();
        assertThat(gap("rare", 6).isSilent()).isFalse();
        assertThat(gap("rare", 6).expected()).isLessThan(gap("usual", 6).expected());
    }

    @Test
    void nobody_whileHardlyAnybodyTalks_isSilent() {
        SplittableRandom random = new SplittableRandom(5);
        peers(30, minute -> random.nextInt(100) < 3);
        group("missing", 168, minute -> false);

        assertThat(gap("missing", 60).isSilent()).isFalse();
    }

    @Test
    void group_thatFallsSilentInTheSale_isFoundAndHeardAgainAfterTwoMinutes() {
        peers(30, minute -> true);
        group("pause", 168, minute -> minute < 10 || minute == 30 || minute == 35);

        assertThat(gap("pause", 12).isSilent()).isFalse();
        assertThat(gap("pause", 25).silentAt()).isBetween(START + 12 * MINUTE, START + 25 * MINUTE);
        assertThat(gap("pause", 25).since()).isEqualTo(START + 10 * MINUTE);
        assertThat(gap("pause", 31).isSilent()).isTrue();
        assertThat(gap("pause", 36).isSilent()).isFalse();
    }

    /** Half of the peers talked twenty times as much as the others before; in the sale it is another half, or the same. */
    @Test
    void group_thatTalkedMuchBefore_isGivenTimeInALaterGap_whereThePeersShowThatThePastTellsNothing() {
        halves(30, peer -> peer % 2 == 0, peer -> peer < 15);
        group("pause", 160, minute -> minute == 0 || minute >= 15);

        for (int minutes = 1; minutes <= 60; minutes++) {
            assertThat(gap("pause", minutes).isSilent()).as("%d", minutes).isFalse();
        }
        halves(30, peer -> peer % 2 == 0, peer -> peer % 2 == 0);
        assertThat(gap("pause", 15).silentAt()).isLessThanOrEqualTo(START + 15 * MINUTE);
    }

    private void halves(int count, IntPredicate wasLoud, IntPredicate isLoud) {
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(i);
            int percent = isLoud.test(i) ? 80 : 8;
            group("peer-" + i, wasLoud.test(i) ? 160 : 8, minute -> random.nextInt(100) < percent);
        }
    }

    @Test
    void group_heardNeitherNowNorInTheWeekBefore_isNotJudged() {
        peers(30, minute -> true);
        active.put("registered", new BitSet());
        group("long-gone", 0, minute -> false);
        hours.put("long-gone", HourHistory.EMPTY.with(START / HOUR - 400));

        assertThat(judged(20)).doesNotContainKeys("registered", "long-gone");
    }

    @Test
    void groups_whoAreTooFewToCompare_areNotJudged() {
        peers(PeerModel.FEWEST_PEERS - 2, minute -> true);
        group("missing", 168, minute -> false);

        assertThat(judged(60)).isEmpty();
    }

    @Test
    void silence_onceFound_isTheSameHoweverOftenAndLateItIsAskedFor() {
        peers(20, minute -> minute % 3 != 0);
        group("missing", 168, minute -> false);
        long found = gap("missing", 60).silentAt();

        for (int minutes = 1; minutes <= 60; minutes++) {
            boolean over = START + minutes * MINUTE >= found;
            assertThat(gap("missing", minutes).silentAt()).isEqualTo(over ? found : Long.MAX_VALUE);
        }
    }

    @Test
    void plan_countsWholeMinutesThatAreOverAndSettled() {
        SalePlan plan = new SalePlan("c", "", Set.of(), START + 1, START + 10 * MINUTE + 1);

        assertThat(plan.firstMinute()).isEqualTo(START + MINUTE);
        assertThat(plan.length()).isEqualTo(9);
        assertThat(plan.minutesAt(START)).isZero();
        assertThat(plan.minutesAt(START + 2 * MINUTE)).isZero();
        assertThat(plan.minutesAt(START + 2 * MINUTE + 15_000)).isEqualTo(1);
        assertThat(plan.minutesAt(START + 60 * MINUTE)).isEqualTo(9);
        assertThat(plan.isCompared()).isTrue();
        assertThat(new SalePlan("c", "", Set.of(), START, START + 25 * HOUR).isCompared())
                .isFalse();
    }

    private void peers(int count, IntPredicate talks) {
        for (int i = 0; i < count; i++) {
            group("peer-" + i, 168, talks);
        }
    }

    /** @param past active hours among the 168 before the sale */
    private void group(String name, int past, IntPredicate talks) {
        BitSet minutes = new BitSet();
        for (int minute = 0; minute < 60; minute++) {
            minutes.set(minute, talks.test(minute));
        }
        active.put(name, minutes);
        HourHistory history = HourHistory.EMPTY;
        for (int i = 0; i < past; i++) {
            history = history.with(START / HOUR - 1 - i * 168L / past);
        }
        hours.put(name, history);
    }

    private Map<String, PeerGap> judged(int minutes) {
        return PeerModel.judge(new SaleMinutes(PLAN, minutes, active), hours, blind);
    }

    private PeerGap gap(String group, int minutes) {
        return Objects.requireNonNull(judged(minutes).get(group), group);
    }
}
