package io.grouppulse.publish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.AskOverview;
import io.grouppulse.bus.Messages.Overview;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.ops.SourceLedger;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many groups there are, the exposition has a bound, and says how many groups it leaves out. */
class CardinalityTest {
    private static final int GROUPS = 50_000;
    private static final int MOST_GROUPS = 200;
    private static final int MOST_ORGS = 200;

    /** The limit on samples with which the shipped configuration of Prometheus scrapes. */
    private static final int SAMPLE_LIMIT = 10_000;

    private static final List<WindowSpec> WINDOWS = Stream.of("1m/1s", "5m/1s", "30m/10s", "24h/10m")
            .map(WindowSpec::parse)
            .toList();

    private static final OrgGraph GRAPH = new OrgGraph(WINDOWS.size());

    private final MeasureCollector collector =
            new MeasureCollector(WINDOWS, new SourceLedger(), () -> 0, MOST_GROUPS, MOST_ORGS);

    /** A thousand stores in a tree of three levels, fifty groups each. */
    @BeforeAll
    static void fillTheOrganisation() {
        for (int i = 0; i < GROUPS; i++) {
            int store = i % 1_000;
            String org = "r" + store % 10 + "/c" + store / 10 % 10 + "/s" + store / 100;
            GRAPH.update(Readings.group(WINDOWS.size(), "g" + i, i % 97, org));
        }
    }

    private void show() {
        AskOverview ask = collector.question();
        assertThat(ask.also()).hasSizeLessThanOrEqualTo(MOST_GROUPS);
        collector.show(new Overview(
                1,
                GRAPH.nearest(ask.nodes(), ask.apart()),
                GRAPH.groupCount(),
                List.copyOf(GRAPH.busiest(ask.window(), ask.groups())),
                Map.of(),
                0));
    }

    @Test
    void exposition_ofFiftyThousandGroups_staysBelowTheLimitOfAScrape() throws IOException {
        show();

        long start = System.nanoTime();
        List<String> samples = scrape();
        System.out.printf(
                "%,d groups: %,d samples in %d ms%n", GROUPS, samples.size(), (System.nanoTime() - start) / 1_000_000);

        assertThat(samples).hasSizeBetween(MOST_GROUPS, SAMPLE_LIMIT);
        assertThat(labelsOf(samples, "grouppulse_group_orders_total{group=\"")).hasSize(MOST_GROUPS);
        // The nodes by themselves, and the others as one.
        assertThat(labelsOf(samples, "grouppulse_members{org=\"")).hasSize(MOST_ORGS + 1);
    }

    @Test
    void exposition_thatLeavesGroupsOut_saysHowMany() throws IOException {
        show();

        assertThat(scrape()).contains("grouppulse_group_series_dropped " + (double) (GROUPS - MOST_GROUPS));
    }

    @Test
    void exposition_scrapedAgainAndAgain_growsByNothing() throws IOException {
        show();
        List<String> first = scrape();

        show();

        assertThat(scrape()).isEqualTo(first);
    }

    private List<String> scrape() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, collector.collect());
        return text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** The values that follow the start of a sample up to the quote. */
    private static Set<String> labelsOf(List<String> samples, String start) {
        Set<String> found = new TreeSet<>();
        for (String sample : samples) {
            if (sample.startsWith(start)) {
                found.add(sample.substring(start.length(), sample.indexOf('"', start.length())));
            }
        }
        return found;
    }
}
