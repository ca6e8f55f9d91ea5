package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void terminal_showsABarWithRateAndTimeLeft() {
        Progress progress = new Progress(err, true, 1_000, () -> nanos);

        nanos = 2_000_000_000L;
        progress.update(250, 5_000);

        assertThat(shown()).isEqualTo("\r[======                  ]  25 %  5,000 events  2,500/s  ETA 0:06\u001b[K");
    }

    @Test
    void terminal_isNotRedrawnTooOften_andIsLeftClean() {
        Progress progress = new Progress(err, true, 1_000, () -> nanos);

        progress.update(1, 1);
        assertThat(shown()).isEmpty();
        nanos = 1_000_000_000L;
        progress.update(2, 2);
        progress.clear();

        assertThat(shown()).endsWith("\r\u001b[K");
    }

    @Test
    void log_getsAPlainLineEachFiveSeconds() {
        Progress progress = new Progress(err, false, 0, () -> nanos);

        for (int second = 1; second <= 12; second++) {
            nanos = second * 1_000_000_000L;
            progress.update(second, second * 100L);
        }

        assertThat(shown().lines()).containsExactly("500 events  100/s", "1,000 events  100/s");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
