package io.grouppulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.time.WindowSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle on real events, against numbers counted by a script apart from both. */
final class OracleDatasetsTest {

    private static final int STOPS = 5;

    @Test
    void completeJourney_inFiveParts_endsInTheKnownNumbers() {
        List<GroupEvent> events = Datasets.completeJourney();
        try (Oracle oracle = inParts(events)) {
            Map<String, Map<String, Long>> total = oracle.total();
            assertThat(events).hasSize(49_345);
            assertThat(total).hasSize(294);
            assertThat(sum(total, "ordersPaid")).isEqualTo(47_243);
            assertThat(sum(total, "gmvPaid")).isEqualTo(23_393_524);
            assertThat(inDay(oracle, events, "buyers")).isEqualTo(160);
            assertThat(members(oracle, events)).isEqualTo(6_773);
        }
    }

    @Test
    void ubuntuIrc_inFiveParts_endsInTheKnownNumbers() {
        List<GroupEvent> events = Datasets.ubuntuIrc();
        try (Oracle oracle = inParts(events)) {
            assertThat(events).hasSize(182_529);
            assertThat(inDay(oracle, events, "messages")).isEqualTo(21_925);
            assertThat(inDay(oracle, events, "speakers")).isEqualTo(1_506);
            assertThat(members(oracle, events)).isEqualTo(7_558);
        }
    }

    @Test
    void ubuntuDisentangle_inFiveParts_endsInTheKnownNumbers() {
        List<GroupEvent> events = Datasets.ubuntuDisentangle();
        try (Oracle oracle = inParts(events)) {
            assertThat(events).hasSize(239_349);
            assertThat(inDay(oracle, events, "messages")).isEqualTo(1_405);
            assertThat(inDay(oracle, events, "active")).isEqualTo(148);
            assertThat(members(oracle, events)).isEqualTo(21_622);
        }
    }

    @Test
    void otto_overAMonthLongWindow_hasTheKnownConversion() {
        List<GroupEvent> events = Datasets.otto();
        OracleSettings defaults = OracleSettings.defaults();
        OracleSettings settings = new OracleSettings(
                defaults.zone(), List.of(WindowSpec.parse("31d/1m")), defaults.conversionWindowMillis());
        try (Oracle oracle = Oracle.of(settings, events)) {
            Map<String, Long> month =
                    oracle.windows(last(events)).getOrDefault("otto", Map.of()).getOrDefault("31d", Map.of());
            assertThat(month)
                    .containsEntry("conversionDen", 20L)
                    .containsEntry("conversionNum", 3L)
                    .containsEntry("unpriced", 5L)
                    .containsEntry("interactions", 862L);
        }
    }

    @Test
    void file_loadedAgain_changesNothing() {
        List<GroupEvent> events = Datasets.otto();
        try (Oracle once = Oracle.of(OracleSettings.defaults(), events);
                Oracle twice = Oracle.of(OracleSettings.defaults(), events)) {
            twice.load(Path.of("..", "shared", "data", "otto-sample.ndjson.gz"));
            MeasureDiff.ofAll()
                    .everything(last(events), 0, Long.MAX_VALUE, once, twice)
                    .assertEmpty("loaded twice");
        }
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> Datasets.read(Path.of("nowhere", "absent.ndjson.gz")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing data set")
                .hasMessageContaining("absent.ndjson.gz");
    }

    /** Loads a fifth at a time and asks for everything in between, as a check of a running monitor does. */
    private static Oracle inParts(List<GroupEvent> events) {
        Oracle oracle = new Oracle(OracleSettings.defaults());
        int from = 0;
        for (int stop = 1; stop <= STOPS; stop++) {
            int to = events.size() * stop / STOPS;
            oracle.load(events.subList(from, to));
            long t = last(events.subList(from, to));
            assertThat(oracle.windows(t)).hasSameSizeAs(oracle.today(t)).hasSameSizeAs(oracle.members(t));
            assertThat(oracle.history(t / 60_000 * 60_000, Long.MAX_VALUE)).isNotEmpty();
            from = to;
        }
        return oracle;
    }

    private static long inDay(Oracle oracle, List<GroupEvent> events, String measure) {
        return oracle.windows(last(events)).values().stream()
                .mapToLong(windows -> windows.getOrDefault("24h", Map.of()).getOrDefault(measure, 0L))
                .sum();
    }

    private static long members(Oracle oracle, List<GroupEvent> events) {
        return oracle.members(last(events)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long sum(Map<String, Map<String, Long>> groups, String measure) {
        return groups.values().stream()
                .mapToLong(measures -> measures.getOrDefault(measure, 0L))
                .sum();
    }

    private static long last(List<GroupEvent> events) {
        return events.stream().mapToLong(GroupEvent::ts).max().orElseThrow();
    }
}
