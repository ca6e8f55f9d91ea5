package io.grouppulse.domain.group;

import static io.grouppulse.domain.group.RandomGroups.PLAN;
import static io.grouppulse.domain.group.RandomGroups.SETTINGS;
import static io.grouppulse.domain.group.RandomGroups.newGroup;
import static io.grouppulse.domain.group.RandomGroups.saved;
import static io.grouppulse.domain.group.RandomGroups.stateOf;
import static io.grouppulse.domain.group.RandomGroups.twinOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SavedGroupTest {
    private static final int SEEDS = 100;

    @Test
    void group_restored_isSavedAsTheSameBytes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroups history = new RandomGroups(seed, true);
            SplittableRandom random = new SplittableRandom(seed);
            GroupState group = newGroup();
            while (history.hasNext()) {
                history.next().doTo(group, group.t());
                if (random.nextInt(20) == 0 || !history.hasNext()) {
                    if (random.nextInt(4) == 0) {
                        group.advance(group.t() + random.nextLong(100_000_000));
                    }
                    Map<String, byte[]> parts = saved(group);
                    GroupState twin = SavedGroup.restore(parts, SETTINGS, PLAN);
                    assertThat(saved(twin)).as("seed=%d", seed).containsOnlyKeys(parts.keySet());
                    saved(twin).forEach((name, bytes) -> assertThat(bytes).isEqualTo(parts.get(name)));
                    assertThat(twin.read()).as("seed=%d", seed).isEqualTo(group.read());
                    assertThat(twin.nextDue()).as("seed=%d", seed).isEqualTo(group.nextDue());
                }
            }
        }
    }

    @Test
    void group_restored_livesOnTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroups history = new RandomGroups(seed, true);
            SplittableRandom random = new SplittableRandom(seed);
            GroupState group = newGroup();
            GroupState twin = newGroup();
            while (history.hasNext()) {
                if (random.nextInt(10) == 0) {
                    twin = twinOf(twin);
                }
                RandomGroups.Step step = history.next();
                step.doTo(group, group.t());
                step.doTo(twin, group.t());
                assertThat(twin.read()).as("seed=%d", seed).isEqualTo(group.read());
            }
        }
    }

    @Test
    void group_thatSlept_livesOnTheSame_andIsSavedWhole() {
        for (long seed = 0; seed < 30; seed++) {
            RandomGroups history = new RandomGroups(seed, true);
            SplittableRandom random = new SplittableRandom(seed);
            GroupState group = newGroup();
            GroupState twin = newGroup();
            Map<String, byte[]> stored = new HashMap<>();
            while (history.hasNext()) {
                if (random.nextInt(10) == 0 && group.t() != Long.MIN_VALUE) {
                    long now = group.t() + random.nextLong(10) * 20_000_000;
                    group.advance(now);
                    twin.advance(now);
                    twin = new SleepingGroup(twin, now, PLAN).awake();
                }
                RandomGroups.Step step = history.next();
                step.doTo(group, group.t());
                step.doTo(twin, group.t());
                assertThat(twin.read())
                        .as("seed=%d", seed)
                        .usingRecursiveComparison()
                        .ignoringFields("rememberedIds", "silence")
                        .isEqualTo(group.read());
                if (random.nextInt(10) == 0) {
                    store(SavedGroup.save(twin), stored);
                }
            }
            store(SavedGroup.save(twin), stored);
            Map<String, byte[]> whole = saved(twin);
            assertThat(stored).as("seed=%d", seed).containsOnlyKeys(whole.keySet());
            whole.forEach((name, bytes) -> assertThat(stored.get(name)).isEqualTo(bytes));
        }
    }

    @Test
    void group_leftAsleepAsItWasSaved_isPackedToTheSameBytes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroups history = new RandomGroups(seed, true);
            GroupState group = newGroup();
            while (history.hasNext()) {
                history.next().doTo(group, group.t());
            }
            Map<String, byte[]> parts = saved(group);
            RestoredGroup restored = SavedGroup.restoreAsSaved(parts, SETTINGS, PLAN);

            assertThat(SavedGroup.pack(parts, restored.stateFrom()))
                    .as("seed=%d", seed)
                    .isEqualTo(SavedGroup.pack(restored.group()));
            assertThat(restored.asleep(PLAN).awake().read()).as("seed=%d", seed).isEqualTo(group.read());
            assertThat(restored.asleep(PLAN).quietSince())
                    .isEqualTo(new SleepingGroup(restored.group(), 0, PLAN).quietSince());
        }
    }

    private static void store(Map<String, byte @Nullable []> parts, Map<String, byte[]> stored) {
        parts.forEach((name, bytes) -> {
            if (bytes == null) {
                stored.remove(name);
            } else {
                stored.put(name, bytes);
            }
        });
    }

    @Test
    void group_maySleep_onceNothingWasToldOfItForLong_andNothingIsOpen() {
        RandomGroups history = new RandomGroups(3, true);
        GroupState group = newGroup();
        while (history.hasNext()) {
            history.next().doTo(group, group.t());
        }
        long told = group.t();
        group.advance(told + SETTINGS.quietAfter() - 1_000);
        assertThat(group.maySleep()).isFalse();
        assertThat(group.nextDue()).isLessThanOrEqualTo(told + SETTINGS.quietAfter());
        group.advance(told + SETTINGS.quietAfter());

        assertThat(group.maySleep()).isTrue();
        GroupState woken = new SleepingGroup(group, group.t(), PLAN).awake();
        assertThat(woken.maySleep()).isTrue();
        assertThat(woken.nextDue()).isGreaterThan(woken.t());
        assertThat(new SleepingGroup(woken, woken.t(), PLAN).quietSince()).isEqualTo(told + 60_000);
    }

    @Test
    void state_ofAnotherVersion_isRefused_andSaysWhatToStart() {
        SavedWriter out = new SavedWriter();
        out.number(1);
        Map<String, byte[]> saved = saved(newGroup());
        saved.put("state", out.toBytes());

        assertThatThrownBy(() -> SavedGroup.restore(saved, SETTINGS, PLAN))
                .isInstanceOf(SavedStateException.class)
                .hasMessageContainingAll("format version 1", "this program knows", "start the version that wrote it");
    }

    @Test
    void state_corrupted_isRestoredOrRefusedAndNothingElse() {
        List<byte[]> states = states();
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] corrupted = corrupted(states.get(random.nextInt(states.size())), random);
            refused += isRefused(Map.of("state", corrupted), "seed=" + seed) ? 1 : 0;
        }
        assertThat(refused).as("refused of 20,000").isGreaterThan(5_000);
    }

    @Test
    void ids_corrupted_areRestoredOrRefusedAndNothingElse() {
        Map<String, byte[]> parts = partsOf(1);
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, byte[]> damaged = new HashMap<>(parts);
            damaged.replaceAll((name, bytes) -> name.equals("state") ? bytes : corrupted(bytes, random));
            isRefused(damaged, "seed=" + seed);
        }
        assertThat(isRefused(Map.of("state", stateOf(parts), "ids-x", new byte[1]), "name"))
                .isTrue();
        assertThat(isRefused(Map.of("state", stateOf(parts), "x", new byte[1]), "name"))
                .isTrue();
    }

    @Test
    void state_missing_isRefused() {
        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> SavedGroup.restore(Map.of(), SETTINGS, PLAN))
                .withMessage("part 'state' is missing");
    }

    @Test
    void state_savedUnderOtherSettings_isRefusedNamingBoth() {
        GroupSettings other = new GroupSettings(
                ZoneId.of("UTC"),
                SETTINGS.windows(),
                SETTINGS.lateness(),
                SETTINGS.dedupTtl(),
                SETTINGS.conversionWindow(),
                SETTINGS.attributionClick(),
                SETTINGS.attributionView(),
                SETTINGS.historyRetention(),
                SETTINGS.orderRetention(),
                SETTINGS.activityDays());

        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> SavedGroup.restore(partsOf(1), other, new WindowPlan(other.windows())))
                .withMessageContaining("zone Asia/Shanghai")
                .withMessageContaining("zone UTC")
                .withMessageContaining("start with an empty data.dir");
    }

    private static boolean isRefused(Map<String, byte[]> parts, String as) {
        try {
            SavedGroup.restore(parts, SETTINGS, PLAN);
            return false;
        } catch (SavedStateException e) {
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError(as, e);
        }
    }

    private static List<byte[]> states() {
        List<byte[]> states = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            states.add(stateOf(partsOf(seed)));
        }
        return states;
    }

    private static Map<String, byte[]> partsOf(long seed) {
        RandomGroups history = new RandomGroups(seed, true);
        GroupState group = newGroup();
        while (history.hasNext()) {
            history.next().doTo(group, group.t());
        }
        return saved(group);
    }

    private static byte[] corrupted(byte[] bytes, SplittableRandom random) {
        byte[] corrupted = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> corrupted[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> corrupted[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(corrupted, at, Math.min(bytes.length, at + random.nextInt(1, 12)), (byte) 0xFF);
            case 3 -> System.arraycopy(bytes, random.nextInt(at + 1), corrupted, at, bytes.length - at);
            default -> corrupted = Arrays.copyOf(bytes, at);
        }
        return corrupted;
    }
}
