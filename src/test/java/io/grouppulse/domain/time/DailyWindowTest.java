package io.grouppulse.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DailyWindowTest {
    @ParameterizedTest
    @CsvSource({
        "12:00-13:30, 12:00, true",
        "12:00-13:30, 13:29, true",
        "12:00-13:30, 13:30, false",
        "22:00-08:00, 23:59, true",
        "22:00-08:00, 00:00, true",
        "22:00-08:00, 08:00, false",
        "22:00-00:00, 00:00, false",
    })
    void window_holdsItsBeginning_andNotItsEnd(String window, LocalTime time, boolean inside) {
        assertThat(DailyWindow.parse(window).contains(time)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22-8", "22:00", "24:00-08:00", "08:61-09:00", "08:00-08:00", "8:00-09:00"})
    void text_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> DailyWindow.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secondsCount() {
        assertThat(DailyWindow.parse("12:00-13:00").contains(LocalTime.of(12, 59, 59)))
                .isTrue();
    }
}
