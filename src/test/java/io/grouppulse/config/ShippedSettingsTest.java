package io.grouppulse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.k8s.ShippedSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that the overlays for Kubernetes give are settings of this program. */
class ShippedSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void keys_ofEachOverlay_areKnown(String overlay) {
        assertThat(ShippedSettings.keys(overlay))
                .contains("http.host", "http.port", "auth.tokens", "data.dir")
                .allMatch(key -> Keys.find(key) != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void variables_ofEachOverlay_areKnown(String overlay) {
        List<String> known = Keys.byName().values().stream().map(Key::variable).toList();

        assertThat(ShippedSettings.variables(overlay)).isSubsetOf(known);
    }
}
