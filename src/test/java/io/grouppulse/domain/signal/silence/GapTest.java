package io.grouppulse.domain.signal.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.HourHistory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final long HOUR = 3_600_000;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final SilenceSettings SETTINGS = new SilenceSettings(ZONE, 720_000, 0.25);
    /** Midnight in the zone, in hours from the epoch. */
    private static final long MIDNIGHT = 1_794_240_000_000L / HOUR / 24 * 24 - 8;

    @Test
    void deadline_ofAGroupThatIsAsleepAtNight_fallsIntoNoNight() {
        HourHistory shop = byDay(8, 22, 1.0, 1);
        ExposureClock clock = ExposureClock.learn(List.of(shop), MIDNIGHT, ZONE);
        for (long hour = MIDNIGHT + 8; hour < MIDNIGHT + 22; hour++) {
            Gap gap = gap(shop, clock, hour, 0.25);
            long ofDay = Math.floorMod(gap.deadline() - MIDNIGHT * HOUR, 24 * HOUR);
            assertThat(ofDay).as("last at %d", hour - MIDNIGHT).isBetween(8 * HOUR, 22 * HOUR);
        }
        assertThat(clock.at((MIDNIGHT + 31) * HOUR)).isEqualTo(clock.at((MIDNIGHT + 23) * HOUR), within(1e-9));
        assertThat(clock.at((MIDNIGHT + 168) * HOUR) - clock.at(MIDNIGHT * HOUR))
                .isEqualTo(168, within(1e-6));
    }

    @Test
    void deadline_ofAPrudentBudgetOrALongerHistory_isLaterOrSooner() {
        HourHistory talk = byDay(0, 24, 0.5, 2);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        assertThat(gap(talk, clock, MIDNIGHT + 1, 0.01).deadline())
                .isGreaterThan(gap(talk, clock, MIDNIGHT + 1, 0.25).deadline());
        HourHistory young = HourHistory.EMPTY;
        for (long hour = MIDNIGHT - 24; hour < MIDNIGHT; hour += 2) {
            young = young.with(hour);
        }
        assertThat(gap(young, clock, MIDNIGHT + 1, 0.25).deadline())
                .isGreaterThan(gap(talk, clock, MIDNIGHT + 1, 0.25).deadline());
    }

    @Test
    void probability_asTheGapGrows_neverRises_andIsTheBudgetsAtTheDeadline() {
        HourHistory talk = byDay(0, 24, 0.2, 3);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        Gap gap = gap(talk, clock, MIDNIGHT + 1, 0.25);
        double before = 1;
        for (long t = gap.last(); t < gap.deadline() + 48 * HOUR; t += HOUR / 3) {
            assertThat(gap.probability(t)).isBetween(0.0, before);
            before = gap.probability(t);
            assertThat(gap.nextChange(t)).isGreaterThan(t);
            assertThat(gap.toldAt(t)).isBetween(gap.last(), t);
        }
        GapModel model = GapModel.fit(talk, clock);
        assertThat(gap.probability(gap.deadline())).isEqualTo(model.alarmProbability(0.25), within(1e-4));
        assertThat(model.probability(model.exposureOf(0.03))).isEqualTo(0.03, within(1e-9));
    }

    @Test
    void silence_afterItBegan_isLeftByTheSecondSlotWithinADay() {
        HourHistory talk = byDay(0, 24, 0.9, 4);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        long last = talk.newest();
        long back = (last + 60) * HOUR;
        HourHistory once = talk.with(last + 60);
        Activity first = new Activity(once, back, back, last * HOUR);
        assertThat(new Gap(first, clock, GapModel.fit(once, clock), 0.25, BlindTimes.NONE).isSilent(back))
                .isTrue();
        long again = (last + 62) * HOUR;
        HourHistory twice = once.with(last + 62);
        Activity second = new Activity(twice, again, again, back);
        assertThat(new Gap(second, clock, GapModel.fit(twice, clock), 0.25, BlindTimes.NONE).isSilent(again))
                .isFalse();
    }

    @Test
    void silence_thatIsBroken_isToldAsTheGapThatItWas() {
        HourHistory talk = byDay(0, 24, 0.9, 4);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        long began = talk.newest() * HOUR + 60_000;
        long back = began + 60 * HOUR;
        HourHistory once = talk.with(talk.newest() + 60);
        GapModel model = GapModel.fit(once, clock);
        Gap was = new Gap(new Activity(talk, began, began, Long.MIN_VALUE), clock, model, 0.25, BlindTimes.NONE);
        Activity resumed = new Activity(once, back + 40_000, back, began - 60_000);

        Gap now = new Gap(resumed, clock, model, 0.25, BlindTimes.NONE);

        assertThat(was.broken()).isNull();
        assertThat(now.broken()).isEqualTo(new Gap.Broken(began, back, was.expectedHours(back)));
        assertThat(was.expectedHours(back)).isGreaterThan(10);
        assertThat(now.expectedHours(back + 40_000)).isLessThan(0.1);
    }

    /** Overlapping outages, held against the definition: second by second, those left out in which nothing could be seen. */
    @Test
    void gap_withOutages_isWhatASecondBySecondCountSays() {
        HourHistory talk = byDay(7, 24, 0.3, 5);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        GapModel model = GapModel.fit(talk, clock);
        double needed = model.exposureOf(model.alarmProbability(0.25));
        SplittableRandom random = new SplittableRandom(6);
        boolean overlapped = false;
        for (int round = 0; round < 60; round++) {
            long last = MIDNIGHT + random.nextLong(24);
            List<BlindTimes.Span> spans = new ArrayList<>();
            for (int outage = random.nextInt(7); outage > 0; outage--) {
                long from = (last * 3_600 + random.nextLong(-20_000, 250_000)) * 1_000;
                spans.add(new BlindTimes.Span(from, from + random.nextLong(80_000) * 1_000));
            }
            BlindTimes blind = BlindTimes.in(spans);
            overlapped |= blind.spans().size() < spans.size();
            Gap gap = new Gap(activity(talk, last), clock, model, 0.25, blind);
            double exposure = 0;
            long seen = 0;
            long at = last * HOUR;
            while (seen < 168 * HOUR && (seen < 2 * HOUR || exposure < needed - 1e-9)) {
                long second = at;
                if (spans.stream().noneMatch(span -> span.from() <= second && second < span.to())) {
                    exposure += clock.at(second + 1_000) - clock.at(second);
                    seen += 1_000;
                }
                at += 1_000;
            }
            assertThat(gap.deadline()).as("round %d", round).isBetween(at - 1_000, at);
            assertThat(gap.probability(at)).as("round %d", round).isCloseTo(model.probability(exposure), within(1e-6));
        }
        assertThat(overlapped).isTrue();
    }

    @Test
    void gap_inAnOutageThatIsNotOver_hasNoDeadlineUnlessItWasReachedBefore() {
        HourHistory talk = byDay(0, 24, 0.9, 5);
        ExposureClock clock = ExposureClock.learn(List.of(talk), MIDNIGHT, ZONE);
        Activity activity = activity(talk, MIDNIGHT + 1);
        GapModel model = GapModel.fit(talk, clock);
        long deadline = new Gap(activity, clock, model, 0.25, BlindTimes.NONE).deadline();
        assertThat(new Gap(activity, clock, model, 0.25, blindFrom(deadline - 1)).deadline())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(new Gap(activity, clock, model, 0.25, blindFrom(deadline)).deadline())
                .isEqualTo(deadline);
    }

    private static BlindTimes blindFrom(long from) {
        return BlindTimes.in(List.of(new BlindTimes.Span(from, Long.MAX_VALUE)));
    }

    @Test
    void learnedUntil_aMomentAfterMidnight_isTheMidnightBeforeThatHasSettled() {
        assertThat(SETTINGS.learnedUntil(MIDNIGHT * HOUR + 719_999)).isEqualTo(MIDNIGHT - 24);
        assertThat(SETTINGS.learnedUntil(MIDNIGHT * HOUR + 720_000)).isEqualTo(MIDNIGHT);
    }

    private static Gap gap(HourHistory history, ExposureClock clock, long lastHour, double budget) {
        return new Gap(activity(history, lastHour), clock, GapModel.fit(history, clock), budget, BlindTimes.NONE);
    }

    private static Activity activity(HourHistory history, long lastHour) {
        HourHistory all = history;
        for (long hour = MIDNIGHT; hour <= lastHour; hour++) {
            all = all.with(hour);
        }
        return new Activity(all, lastHour * HOUR, lastHour * HOUR, (lastHour - 1) * HOUR);
    }

    /** Eight weeks in which each hour from opening to closing is active with this chance. */
    private static HourHistory byDay(int opens, int closes, double chance, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HourHistory history = HourHistory.EMPTY;
        for (long hour = MIDNIGHT - 56 * 24; hour < MIDNIGHT; hour++) {
            long ofDay = Math.floorMod(hour - MIDNIGHT, 24L);
            if (ofDay >= opens && ofDay < closes && random.nextDouble() < chance) {
                history = history.with(hour);
            }
        }
        return history;
    }
}
