package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
