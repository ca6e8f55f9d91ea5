package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedIdsTest {
    private static final String LETTERS = "abu0189-_. é社\uD83D\uDE00\uD800\u0000\u07FF\u0800\uFFFF";

    @Test
    void randomIds_addedReplacedAndSought_areThoseOfAMap() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            PackedIds ids = new PackedIds();
            Map<String, Integer> indexOf = new HashMap<>();
            List<String> byIndex = new ArrayList<>();
            for (int i = random.nextInt(400); i > 0; i--) {
                String id = id(random);
                int found = ids.find(id);
                assertThat(found).as("seed %d", seed).isEqualTo(indexOf.getOrDefault(id, PackedIds.UNKNOWN));
                if (found == PackedIds.UNKNOWN && !byIndex.isEmpty() && random.nextInt(10) == 0) {
                    int index = random.nextInt(byIndex.size());
                    indexOf.remove(byIndex.set(index, id));
                    indexOf.put(id, index);
                    ids.replace(index, id);
                } else if (found == PackedIds.UNKNOWN) {
                    indexOf.put(id, byIndex.size());
                    byIndex.add(id);
                    assertThat(ids.add(id)).isEqualTo(byIndex.size() - 1);
                }
            }
            assertThat(ids.size()).isEqualTo(byIndex.size());
            for (int index = 0; index < byIndex.size(); index++) {
                assertThat(ids.get(index)).as("seed %d", seed).isEqualTo(byIndex.get(index));
                assertThat(ids.find(byIndex.get(index))).isEqualTo(index);
            }
        }
    }

    @Test
    void ids_restored_areThoseSaved_andTakeMore() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            PackedIds ids = new PackedIds();
            for (int i = random.nextInt(200); i > 0; i--) {
                // half of a pair has no UTF-8 form
                String id = id(random).replaceAll("[\\uD800-\\uDFFF]", "x");
                if (ids.find(id) == PackedIds.UNKNOWN) {
                    ids.add(id);
                }
            }
            byte[] saved = saved(ids);
            PackedIds restored = new PackedIds();
            restored.restore(new SavedReader(saved));

            assertThat(saved(restored)).as("seed %d", seed).isEqualTo(saved);
            int next = restored.add("someone new");
            assertThat(next).isEqualTo(ids.size());
            assertThat(restored.find("someone new")).isEqualTo(next);
            for (int index = 0; index < ids.size(); index++) {
                assertThat(restored.get(index)).as("seed %d", seed).isEqualTo(ids.get(index));
                assertThat(restored.find(ids.get(index))).isEqualTo(index);
            }
        }
    }

    @Test
    void ids_savedLongerThanTheirBytes_areRefused() {
        SavedWriter out = new SavedWriter();
        out.number(1);
        out.number(5);
        out.fixed(0);

        byte[] cut = Arrays.copyOf(out.toBytes(), 5);
        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> new PackedIds().restore(new SavedReader(cut)));
    }

    private static byte[] saved(PackedIds ids) {
        SavedWriter out = new SavedWriter();
        ids.save(out);
        return out.toBytes();
    }

    @Test
    void idsThatHashAlike_areToldApart() {
        PackedIds ids = new PackedIds();
        ids.add("Aa");
        ids.add("BB");

        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(ids.find("Aa")).isZero();
        assertThat(ids.find("BB")).isEqualTo(1);
        assertThat(ids.find("A")).isEqualTo(PackedIds.UNKNOWN);
        assertThat(ids.find("")).isEqualTo(PackedIds.UNKNOWN);
    }

    private static String id(Random random) {
        int length = random.nextInt(20) == 0 ? 1 + random.nextInt(128) : 1 + random.nextInt(3);
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
