package io.grouppulse.domain.org;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Counts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceSumsTest {
    private static final List<String> SOURCES = List.of("erp", "shop", "wecom");

    @Test
    void sums_ofGroupsThatGainAndLoseSourcesAndEvents_equalThoseMadeAnew() {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SourceSums sums = new SourceSums();
            Map<String, GroupReading> groups = new HashMap<>();
            for (int step = 0; step < 200; step++) {
                change(sums, groups, "g" + random.nextInt(4), random);
                if (random.nextInt(3) == 0) {
                    String as = "seed " + seed + " step " + step;
                    assertThat(sums.read(groups.values())).as(as).isEqualTo(anew(groups.values()));
                    assertThat(sums.rememberedIds())
                            .as(as)
                            .isEqualTo(groups.values().stream()
                                    .mapToLong(GroupReading::rememberedIds)
                                    .sum());
                }
            }
        }
    }

    @Test
    void source_thatNoGroupHasAnyMore_isGone() {
        SourceSums sums = new SourceSums();
        GroupReading both = reading("g0", Map.of("erp", counts(3, 9), "shop", counts(1, 5)), 4);
        GroupReading one = reading("g0", Map.of("erp", counts(3, 9)), 4);
        sums.add(both);

        sums.replace(both, one);

        assertThat(sums.read(List.of(one))).containsOnlyKeys("erp");
    }

    private static void change(SourceSums sums, Map<String, GroupReading> groups, String id, SplittableRandom random) {
        @Nullable GroupReading before = groups.get(id);
        if (before != null && random.nextInt(8) == 0) {
            groups.remove(id);
            sums.remove(before);
            return;
        }
        Map<String, SourceCounts> sources = new HashMap<>();
        for (String source : SOURCES) {
            if (random.nextInt(4) > 0) {
                sources.put(source, counts(random.nextInt(20), random.nextInt(1_000)));
            }
        }
        GroupReading after = reading(id, sources, random.nextInt(50));
        groups.put(id, after);
        if (before == null) {
            sums.add(after);
        } else {
            sums.replace(before, after);
        }
    }

    private static Map<String, SourceCounts> anew(Collection<GroupReading> groups) {
        Map<String, SourceCounts> all = new TreeMap<>();
        groups.forEach(group -> group.sources().forEach((source, some) -> all.merge(source, some, SourceCounts::plus)));
        return all;
    }

    private static SourceCounts counts(long applied, long newestTs) {
        return new SourceCounts(applied, applied / 2, applied / 3, newestTs);
    }

    private static GroupReading reading(String id, Map<String, SourceCounts> sources, long remembered) {
        return PlainReading.of(id, List.of(), Counts.ZERO, sources, remembered);
    }
}
