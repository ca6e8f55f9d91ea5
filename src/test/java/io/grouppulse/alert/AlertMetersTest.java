package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AlertMeters meters = new AlertMeters(registry, 2);

    @Test
    void campaignsBehind_areShownByTheirNode_andGoWithTheLastOfThem() {
        meters.showBehind(Map.of());
        assertThat(shown()).isEqualTo(Map.of("/", 0.0));
        meters.showBehind(Map.of("", 1, "bbg", 3));
        assertThat(shown()).isEqualTo(Map.of("/", 1.0, "bbg", 3.0));
        meters.showBehind(Map.of("bbg", 2));
        assertThat(shown()).isEqualTo(Map.of("/", 0.0, "bbg", 2.0));
    }

    @Test
    void campaignsBehind_atMoreNodesThanMayBeShown_comeTogether() {
        meters.showBehind(new TreeMap<>(Map.of("", 1, "a", 1, "b", 2, "c", 3, "d", 4)));
        assertThat(shown()).isEqualTo(Map.of("/", 1.0, "a", 1.0, "b", 2.0, "other", 7.0));
    }

    private Map<String, Double> shown() {
        Map<String, Double> shown = new TreeMap<>();
        for (Gauge gauge : registry.find("grouppulse.campaigns.behind").gauges()) {
            shown.put(Objects.requireNonNull(gauge.getId().getTag("org")), gauge.value());
        }
        return shown;
    }
}
