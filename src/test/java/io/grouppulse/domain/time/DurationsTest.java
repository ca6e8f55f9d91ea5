package io.grouppulse.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "1ms, 1",
        "250ms, 250",
        "10s, 10000",
        "5m, 300000",
        "24h, 86400000",
        "7d, 604800000",
        "007s, 7000",
        "999999999999ms, 999999999999"
    })
    void text_ofNumberAndUnit_isMillis(String text, long millis) {
        assertThat(Durations.parseMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "5",
                "0s",
                "0ms",
                "-1s",
                "+1s",
                "1.5s",
                " 5s",
                "5s ",
                "5 s",
                "5S",
                "5w",
                "5sec",
                "PT5S",
                "1000000000000ms",
                "999999999999d",
                "٥s"
            })
    void text_ofAnythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parseMillis(text));
    }
}
