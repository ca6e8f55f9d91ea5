package io.grouppulse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromqlTest {
    @Test
    void selectors_areFoundAmongFunctionsLabelsRangesAndStrings() {
        String expression = """
                60 * max by (org) (rate(a_total{org=~"[^/]+(x|}y)",t!=""}[5m] offset 1h))
                / on (job, org) group_left (parent) org:b:sum
                unless on(job) label_replace(c{}, "parent", "d_1", "org", "(.+)/[^/]+") > 1.5 or vector(0)
                """;

        assertThat(Promql.selectors(expression))
                .containsExactly("a_total{org=~\"[^/]+(x|}y)\",t!=\"\"}", "org:b:sum", "c{}");
    }

    @Test
    void metricOf_leavesTheMatchersAway() {
        assertThat(Promql.metricOf("up{job=\"a\"}")).isEqualTo("up");
        assertThat(Promql.metricOf("up")).isEqualTo("up");
    }
}
