package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.signal.silence.BlindTimes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final List<String> SOURCES = List.of("wecom", "shop", "crm");

    /** Sources that come and go and restarts in between, held against one flag a second and source. */
    @Test
    void blindTimes_ofAnySources_areTheSecondsInWhichOneOfThemWasDown() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Outages outages = new Outages();
            Set<String> down = new HashSet<>();
            List<TreeSet<Long>> blind = List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            for (long second = 1; second < 300; second++) {
                for (String source : SOURCES) {
                    if (random.nextInt(25) == 0 && !down.remove(source)) {
                        down.add(source);
                    }
                }
                if (random.nextInt(60) == 0) {
                    KnownOutages known = outages.known(second);
                    long stopped = second;
                    second += random.nextInt(30);
                    outages = new Outages();
                    outages.restore(known);
                    outages.stopped(stopped * 1_000, second * 1_000);
                    for (long s = stopped; s < second; s++) {
                        long missed = s;
                        blind.forEach(seconds -> seconds.add(missed));
                    }
                }
                Set<String> up = new HashSet<>(SOURCES);
                up.removeAll(down);
                outages.update(new SourcesSeen(up, down, Map.of()), second * 1_000);
                for (int i = 0; i < SOURCES.size(); i++) {
                    if (down.contains(SOURCES.get(i))) {
                        blind.get(i).add(second);
                    }
                }
            }
            assertSeconds(outages.blind(Set.of("wecom")), blind.get(0), down.contains("wecom"));
            TreeSet<Long> either = new TreeSet<>(blind.get(1));
            either.addAll(blind.get(2));
            assertSeconds(outages.blind(Set.of("shop", "crm")), either, down.contains("shop") || down.contains("crm"));
        }
    }

    private static void assertSeconds(BlindTimes times, NavigableSet<Long> expected, boolean open) {
        TreeSet<Long> seconds = new TreeSet<>();
        for (BlindTimes.Span span : times.spans()) {
            long end = span.to() == Long.MAX_VALUE ? 300_000 : span.to();
            for (long second = span.from() / 1_000; second < end / 1_000; second++) {
                assertThat(seconds.add(second)).as("disjoint").isTrue();
            }
        }
        TreeSet<Long> until = new TreeSet<>(expected.headSet(300L));
        assertThat(new TreeSet<>(seconds.headSet(300L))).isEqualTo(until);
        assertThat(times.spans().stream().anyMatch(span -> span.to() == Long.MAX_VALUE))
                .isEqualTo(open);
    }

    @Test
    void sourceThatComesAndGoes_losesItsOldestOutages() {
        Outages outages = new Outages();
        for (long second = 0; second < 1_000; second++) {
            boolean isUp = second % 2 == 0;
            outages.update(
                    new SourcesSeen(isUp ? Set.of("s") : Set.of(), isUp ? Set.of() : Set.of("s"), Map.of()),
                    second * 1_000);
        }
        List<BlindTimes.Span> spans = outages.blind(Set.of("s")).spans();
        assertThat(spans).hasSize(201);
        assertThat(spans.get(200)).isEqualTo(new BlindTimes.Span(999_000, Long.MAX_VALUE));
    }
}
