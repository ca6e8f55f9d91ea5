package io.grouppulse.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01t00:00:00.001z, 1",
        "1970-01-01T08:00:00+08:00, 0",
        "1969-12-31T23:30:00-00:30, 0",
        "2026-08-22T20:14:00.1239999+08:00, 1787400840123",
        "2024-02-29T00:00:00.5Z, 1709164800500",
        "9999-12-31T23:59:59.999Z, 253402300799999",
        "2016-12-31T23:59:60Z, 1483228800000",
        "2017-01-01T07:59:60+08:00, 1483228800000",
    })
    void instant_asWritten_isReadToTheMillisecond(String text, long millis) {
        assertThat(Rfc3339.parseMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-08-22",
                "2026-08-22T20:14:00",
                "2026-08-22 20:14:00Z",
                "2026-08-22T20:14Z",
                "2026-08-22T20:14:00.Z",
                "2026-08-22T20:14:00+08",
                "2026-08-22T20:14:00+0800",
                "2026-08-22T20:14:00+24:00",
                "2026-08-22T20:14:00+08:60",
                "2026-08-22T20:14:00+08:00x",
                "2026-08-22T20:14:00Z ",
                "2026-13-22T20:14:00Z",
                "2026-02-29T20:14:00Z",
                "2026-00-01T20:14:00Z",
                "2026-01-00T20:14:00Z",
                "2026-08-22T24:00:00Z",
                "2026-08-22T20:60:00Z",
                "2026-08-22T20:14:61Z",
                "2026-08-22T20:14:60Z",
                "+2026-08-22T20:14:00Z",
                "-026-08-22T20:14:00Z",
                "２０２６-08-22T20:14:00Z",
                "yesterday, at a quarter past",
            })
    void text_thatIsNoInstant_isInvalid(String text) {
        assertThat(Rfc3339.parseMillis(text)).isEqualTo(Rfc3339.INVALID);
    }

    @Property
    void instant_writtenByTheJdk_isReadBack(
            @ForAll @LongRange(min = 0, max = 253_402_214_400_000L) long millis,
            @ForAll @IntRange(min = -1_079, max = 1_079) int offsetMinutes) {
        OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));

        assertThat(Rfc3339.parseMillis(
                        String.format("%tFT%<tT.%<tL%s", time, time.getOffset().getId())))
                .isEqualTo(millis);
    }
}
