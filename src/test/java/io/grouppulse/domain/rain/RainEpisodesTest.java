package io.grouppulse.domain.rain;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Datasets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RainEpisodesTest {
    private static final long START = 1_790_000_040_000L;

    /** The beginning of 2017, UTC. */
    private static final long FIRST_REAL = 1_483_228_800_000L;

    @Test
    void episodes_randomRain_equalTheDefinition() {
        int episodes = 0;
        for (long seed = 0; seed < 120; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long span = random.nextLong(5, 90) * 60_000 + random.nextLong(60_000);
            Map<Long, Long> paid = rain(random, span);
            long from = START + random.nextLong(-60_000, span);
            List<RainEpisode> found = RainEpisodes.find(paid, from, START + span);
            assertThat(found).as("seed=" + seed).isEqualTo(NaiveRain.find(paid, from, START + span));
            episodes += found.size();
        }
        assertThat(episodes).isGreaterThan(60);
    }

    /** Four months of a real store, a day told as a minute: no real store at hand has so many orders. */
    @Test
    void episodes_ofRealOrders_equalTheDefinition() {
        Map<Long, Long> paid = new TreeMap<>();
        for (GroupEvent event : Datasets.completeJourney()) {
            if (event.type() == EventType.ORDER_PAID && event.group().equals("store367")) {
                paid.merge(START + (event.ts() - FIRST_REAL) / 1_440_000 * 1_000, 1L, Long::sum);
            }
        }
        long last = START + 120 * 60_000;

        List<RainEpisode> found = RainEpisodes.find(paid, START, last);

        assertThat(found).isEqualTo(NaiveRain.find(paid, START, last));
        assertThat(found).anyMatch(episode -> !episode.isOpen());
    }

    /** A drizzle with showers in it, some strong and some hardly above it. */
    private static Map<Long, Long> rain(SplittableRandom random, long span) {
        Map<Long, Long> paid = new TreeMap<>();
        double drizzle = random.nextDouble(0.2);
        double shower = 0;
        for (long second = START; second <= START + span; second += 1_000) {
            if (random.nextInt(400) == 0) {
                shower = random.nextDouble(3);
            }
            shower *= 0.98;
            long orders = 0;
            for (int chance = 0; chance < 5; chance++) {
                orders += random.nextDouble() < (drizzle + shower) / 5 ? 1 : 0;
            }
            if (orders > 0) {
                paid.put(second, orders);
            }
        }
        return paid;
    }

    @Test
    void fiveOrdersInAMinute_outOfSilence_startAnEpisode() {
        Map<Long, Long> paid = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            paid.put(START + 600_000 + i * 10_000L, 1L);
        }
        List<RainEpisode> found = RainEpisodes.find(paid, START, START + 1_200_000);

        assertThat(found).hasSize(1);
        RainEpisode episode = found.get(0);
        assertThat(episode.start()).isEqualTo(START + 640_000);
        assertThat(episode.startRate()).isEqualTo(5);
        assertThat(episode.peak()).isEqualTo(5);
        assertThat(episode.baseline()).isZero();
        // orders fall out of the rate at 660, 670 and 680 s: two are left, under half of five
        assertThat(episode.end()).isEqualTo(START + 680_000);
        assertThat(episode.halfLife()).isEqualTo(40);
        assertThat(episode.firstOrders()).isEqualTo(START + 581_000);
    }

    @Test
    void fourOrdersInAMinute_startNone() {
        assertThat(RainEpisodes.find(Map.of(START + 60_000, 4L), START, START + 600_000))
                .isEmpty();
    }

    @Test
    void rainThatWasSteadyBefore_isNoEpisode() {
        Map<Long, Long> paid = new TreeMap<>();
        for (long second = START - 3_600_000; second < START + 3_600_000; second += 3_000) {
            paid.put(second, 1L);
        }

        assertThat(RainEpisodes.find(paid, START, START + 3_600_000)).isEmpty();
        assertThat(RainEpisodes.find(paid, START + 59_000, START + 3_600_000)).isEmpty();
    }

    @Test
    void steadyRain_atItsBaseline_startsNoSecondEpisode() {
        Map<Long, Long> paid = new TreeMap<>();
        for (long second = START; second < START + 3 * 3_600_000; second += 10_000) {
            paid.put(second, 1L);
        }
        List<RainEpisode> found = RainEpisodes.find(paid, START, START + 3 * 3_600_000);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).isOpen()).isTrue();
    }

    @Test
    void endOfQuiet_isKnownThirtySecondsLater() {
        Map<Long, Long> paid = Map.of(START + 60_000, 10L);

        assertThat(RainEpisodes.find(paid, START, START + 148_000))
                .singleElement()
                .satisfies(episode -> assertThat(episode.isOpen()).isTrue());
        assertThat(RainEpisodes.find(paid, START, START + 149_000))
                .singleElement()
                .satisfies(episode -> assertThat(episode.end()).isEqualTo(START + 120_000));
    }

    @Test
    void nothing_hasNoEpisodes() {
        assertThat(RainEpisodes.find(Map.of(), START, START + 60_000)).isEmpty();
        assertThat(RainEpisodes.find(Map.of(), START, START - 60_000)).isEmpty();
    }
}
