package io.grouppulse.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSpecTest {

    @ParameterizedTest
    @CsvSource({
        "1m/1s, 1m, 60000, 1000",
        "5m/1s, 5m, 300000, 1000",
        "30m/10s, 30m, 1800000, 10000",
        "24h/10m, 24h, 86400000, 600000",
        "7d/1h, 7d, 604800000, 3600000",
        "1s/1s, 1s, 1000, 1000",
        "' 2m / 30s ', 2m, 120000, 30000"
    })
    void text_ofWidthAndSlice_isRead(String text, String name, long width, long slice) {
        assertThat(WindowSpec.parse(text)).isEqualTo(new WindowSpec(name, width, slice));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5m",
                "/",
                "5m/",
                "/1s",
                "5m/0s",
                "5m/500ms",
                "5m/1500ms",
                "1s/2s",
                "90s/60s",
                "5m/1s/1s",
                "five/1s",
                "-5m/1s",
                "5m\\1s"
            })
    void text_ofAnythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WindowSpec.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1m/1s, 0, -59000, 1000",
        "1m/1s, 999, -59000, 1000",
        "1m/1s, 1000, -58000, 2000",
        "1m/1s, -1, -60000, 0",
        "30m/10s, 9999, -1790000, 10000",
        "30m/10s, 10000, -1780000, 20000",
        "24h/10m, 1794240000000, 1794154200000, 1794240600000",
        "24h/10m, 1794239999999, 1794153600000, 1794240000000"
    })
    void window_asOfT_endsWithTheSliceThatHoldsIt(String spec, long t, long start, long end) {
        WindowSpec window = WindowSpec.parse(spec);

        assertThat(window.startAt(t)).isEqualTo(start);
        assertThat(window.endAt(t)).isEqualTo(end);
    }
}
