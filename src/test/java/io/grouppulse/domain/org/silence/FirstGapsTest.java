package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.org.silence.FirstGaps.FirstGap;
import io.grouppulse.domain.signal.HourHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Who has not come to a sale, and what finding it may cost. */
class FirstGapsTest {
    private static final double BUDGET = 0.0005;
    private static final long START_HOUR = 500_000;
    private static final int LENGTH = 30;

    private final List<String> names = new ArrayList<>();
    private final List<BitSet> active = new ArrayList<>();
    private final Map<String, HourHistory> pasts = new HashMap<>();

    @Test
    void whatGroupsThatComeAtOnceDoNotNeedOfTheBudget_isLeftToASlowerOne() {
        peers(100, 1, 60);
        int slow = group("slow", 30, -1);

        FirstGap found = after(5).get(slow);

        assertThat(found.foundIn()).isLessThan(5);
        assertThat(found.probability()).isBetween(BUDGET, 0.01);
    }

    @Test
    void groupsThatAreFoundOrWouldBe_costNoMoreThanTheBudgetOfAll() {
        peers(60, 1, 60);
        for (int i = 0; i < 40; i++) {
            group("slow-" + i, 1 + i, -1);
        }
        double cost = 0;
        List<FirstGap> before = after(0);
        for (int minutes = 1; minutes <= LENGTH; minutes++) {
            List<FirstGap> now = after(minutes);
            for (int i = 0; i < now.size(); i++) {
                boolean isNew = before.get(i).foundIn() > minutes && now.get(i).foundIn() == minutes - 1;
                cost += isNew ? now.get(i).probability() : 0;
            }
            before = now;
            assertThat(cost).as("after %d minutes", minutes).isLessThanOrEqualTo(BUDGET * names.size());
        }
        assertThat(cost).isGreaterThan(BUDGET * names.size() / 4);
    }

    @Test
    void group_thatComesSoLateOnceInAHundredTimes_isNotFoundHoweverMuchIsLeft() {
        peers(400, 1, 60);
        int slow = group("slow", 1, -1);

        for (int minutes = 5; minutes <= LENGTH; minutes += 5) {
            FirstGap gap = after(minutes).get(slow);
            assertThat(gap.foundIn() < minutes).as("%d", minutes).isEqualTo(gap.probability() <= 0.01);
        }
    }

    @Test
    void past_thatDoesNotTellWhoComes_isTrustedLess() {
        double trusted = ofALoudOneThatIsMissing(peer -> peer % 2 == 0);
        double distrusted = ofALoudOneThatIsMissing(peer -> peer % 4 < 2);

        assertThat(trusted).isLessThan(distrusted / 10);
    }

    /** Half of the peers were loud before, each second one, and half are in the sale. */
    private double ofALoudOneThatIsMissing(IntPredicate isLoudNow) {
        names.clear();
        active.clear();
        pasts.clear();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            int peer = group("peer-" + i, i % 2 == 0 ? 60 : 6, -1);
            for (int minute = 0; minute < LENGTH; minute++) {
                active.get(peer).set(minute, random.nextDouble() < (isLoudNow.test(i) ? 0.8 : 0.15));
            }
        }
        int missing = group("missing", 60, -1);
        return after(5).get(missing).probability();
    }

    @Test
    void groupsThatMissTheSaleTogether_doNotExcuseEachOther() {
        peers(150, 1, 60);
        int one = group("missing-0", 60, -1);
        for (int i = 1; i < 10; i++) {
            group("missing-" + i, 60, -1);
        }

        assertThat(after(5).get(one).foundIn()).isLessThan(5);
    }

    private void peers(int count, int everyMinutes, int past) {
        for (int i = 0; i < count; i++) {
            int peer = group("peer-" + i, past, 0);
            for (int minute = 0; minute < LENGTH; minute += everyMinutes) {
                active.get(peer).set(minute);
            }
        }
    }

    /**
     * @param past active hours among the 100 before
     * @param first active minute, negative for none
     */
    private int group(String name, int past, int first) {
        HourHistory hours = HourHistory.EMPTY;
        for (int i = 0; i < past; i++) {
            hours = hours.with(START_HOUR - 1 - i * 100L / past);
        }
        BitSet minutes = new BitSet();
        if (first >= 0) {
            minutes.set(first);
        }
        names.add(name);
        active.add(minutes);
        pasts.put(name, hours);
        return names.size() - 1;
    }

    private List<FirstGap> after(int minutes) {
        int[] activePeers = new int[minutes];
        for (BitSet one : active) {
            one.stream().filter(m -> m < minutes).forEach(m -> activePeers[m]++);
        }
        List<BitSet> unseen = names.stream().map(name -> new BitSet()).toList();
        return new FirstGaps(BUDGET, LENGTH, active, unseen, new PeerShares(pasts, START_HOUR), names)
                .after(activePeers);
    }
}
