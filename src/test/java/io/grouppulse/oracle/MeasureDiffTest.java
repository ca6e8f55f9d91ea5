package io.grouppulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a difference of measures says, and what it takes for one. */
final class MeasureDiffTest {

    @Test
    void missingGroupWindowMeasureOrMinute_countsAsZero() {
        MeasureDiff diff = MeasureDiff.ofAll()
                .windows(1, Map.of("g", Map.of("1m", Map.of("messages", 0L))), Map.of())
                .windows(1, Map.of(), Map.of("g", Map.of("1m", Map.of("messages", 0L))))
                .today(1, Map.of("g", Map.of()), Map.of("g", Map.of("messages", 0L)))
                .members(1, Map.of("g", 0L), Map.of())
                .history(Map.of(), Map.of("g", Map.of(60_000L, Map.of("messages", 0L))))
                .total(Map.of(), Map.of("g", Map.of("refunds", 0L)));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.report()).isEmpty();
        diff.assertEmpty("nothing differs");
    }

    @Test
    void difference_isReportedWithItsPlaceAndBothValues() {
        MeasureDiff diff = MeasureDiff.ofAll()
                .windows(7, Map.of("g", Map.of("1m", Map.of("messages", 2L))), Map.of())
                .today(7, Map.of(), Map.of("h", Map.of("joins", 1L)))
                .members(7, Map.of("g", 3L), Map.of("g", 4L))
                .history(Map.of("g", Map.of(60_000L, Map.of("active", 1L))), Map.of())
                .total(Map.of("g", Map.of("refunds", 5L)), Map.of());

        assertThat(diff.report())
                .contains("5 differences")
                .contains("group=g T=7 window=1m messages: expected 2, actual 0")
                .contains("group=h T=7 window=today joins: expected 0, actual 1")
                .contains("group=g T=7 members: expected 3, actual 4")
                .contains("group=g minute=60000 active: expected 1, actual 0")
                .contains("group=g total refunds: expected 5, actual 0");
        assertThatThrownBy(() -> diff.assertEmpty("seed 3"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("seed 3: 5 differences");
    }

    @Test
    void manyDifferences_areCountedButNotAllShown() {
        Map<String, Long> members =
                LongStream.range(0, 100).boxed().collect(Collectors.toMap(n -> "g" + n, n -> n + 1));

        String report = MeasureDiff.ofAll().members(7, members, Map.of()).report();

        assertThat(report).contains("100 differences").endsWith("... and 80 more");
        assertThat(report.lines().filter(line -> line.contains("expected"))).hasSize(20);
    }

    @Test
    void measuresNotAskedFor_areLetBe() {
        MeasureDiff diff = MeasureDiff.ofOnly(List.of("joins"))
                .today(7, Map.of("g", Map.of("messages", 1L, "joins", 2L)), Map.of("g", Map.of("joins", 2L)));

        assertThat(diff.isEmpty()).isTrue();
        assertThatThrownBy(() -> MeasureDiff.ofOnly(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
