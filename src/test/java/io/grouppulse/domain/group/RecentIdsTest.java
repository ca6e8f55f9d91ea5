package io.grouppulse.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {
    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 1_000, 1_001, 1_007, 4 * HOUR})
    void id_withinTheTime_isKnownAndSoonAfterIsNot(long remembered) {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long received = random.nextLong(-remembered, 1_794_240_000_000L);

            for (long later : new long[] {random.nextLong(remembered + 1), remembered}) {
                RecentIds within = new RecentIds(remembered);
                within.add(7, received);
                assertThat(within.add(7, received + later)).as("seed=%d", seed).isFalse();
            }

            RecentIds after = new RecentIds(remembered);
            after.add(7, received);
            assertThat(after.add(7, received + remembered + remembered / 8 + 9))
                    .as("seed=%d", seed)
                    .isTrue();
        }
    }

    @Test
    void id_seenAgain_isNotRememberedLonger() {
        RecentIds ids = new RecentIds(8_000);
        ids.add(7, 0);
        ids.add(7, 7_000);

        assertThat(ids.add(7, 10_000)).isTrue();
    }

    @Test
    void ids_savedInPartsAndRestored_areTheSame() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, byte[]> store = new HashMap<>();
            RecentIds ids = new RecentIds(8_000);
            RecentIds twin = new RecentIds(8_000);
            long now = 0;
            for (int step = 0; step < 300; step++) {
                now += random.nextLong(120);
                long key = random.nextLong(300);
                if (random.nextInt(10) == 0) {
                    saveOrFail(ids, now, store, random.nextInt(4) == 0);
                }
                if (random.nextInt(25) == 0) {
                    ids.unsaved();
                    saveOrFail(ids, now, store, false);
                    ids = restored(store);
                }
                assertThat(ids.add(key, now)).as("seed=%d step=%d", seed, step).isEqualTo(twin.add(key, now));
            }
        }
    }

    @Test
    void parts_ofAnyHistoryOfFailedSavings_areAllNamedByTheRemoval() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, byte[]> store = new HashMap<>();
            RecentIds ids = new RecentIds(8_000);
            long now = 0;
            for (int step = 0; step < 40; step++) {
                now += random.nextLong(4_000);
                ids.add(random.nextLong(), now);
                saveOrFail(ids, now, store, random.nextInt(3) == 0);
            }

            Map<String, byte @Nullable []> removal = new HashMap<>();
            ids.nameAll(removal);
            put(removal, store);

            assertThat(store).as("left behind, seed=%d", seed).isEmpty();
        }
    }

    @Test
    void parts_noLongerNeeded_areDroppedAgainAfterAFailedSaving() {
        RecentIds ids = new RecentIds(8_000);
        Map<String, byte[]> store = new HashMap<>();
        ids.add(1, 0);
        saveOrFail(ids, 0, store, false);
        ids.add(2, 20_000);
        saveOrFail(ids, 20_000, store, true);
        saveOrFail(ids, 20_000, store, false);

        assertThat(store).containsOnlyKeys("ids-20");
    }

    private static void saveOrFail(RecentIds ids, long now, Map<String, byte[]> store, boolean fails) {
        Map<String, byte @Nullable []> parts = new HashMap<>();
        ids.save(now, parts);
        if (fails) {
            ids.unsaved();
        } else {
            put(parts, store);
        }
    }

    private static void put(Map<String, byte @Nullable []> parts, Map<String, byte[]> store) {
        parts.forEach((name, bytes) -> {
            if (bytes == null) {
                store.remove(name);
            } else {
                store.put(name, bytes);
            }
        });
    }

    private static RecentIds restored(Map<String, byte[]> store) {
        RecentIds ids = new RecentIds(8_000);
        store.forEach(ids::restore);
        return ids;
    }
}
