package io.grouppulse.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.DemoBands;
import java.time.LocalDateTime;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A demo is a sale as they are whenever it starts: at any hour, in the first minute of a day, a week and a month, while a
 * flash sale of the day is on and shortly after one.
 */
class ShowStartsTest {
    private static final long FIRST_LOOK = 20_000;

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:00:05, 1",
        "2026-12-01T00:00:30, 2",
        "2026-11-27T06:12:00, 1",
        "2026-11-24T10:00:10, 3",
        "2026-11-28T14:20:00, 1",
        "2026-11-25T17:20:14, 4",
        "2026-11-29T23:59:30, 5"
    })
    void measures_lieInTheirBands(LocalDateTime start, long seed) {
        long millis = start.atZone(ToldSale.ZONE).toInstant().toEpochMilli();

        Map<String, Double> measures =
                new ToldSale(300, 250, seed, millis).until(millis + FIRST_LOOK).measures();

        SoftAssertions soft = new SoftAssertions();
        for (DemoBands band : DemoBands.values()) {
            soft.assertThat(measures.get(band.measure()))
                    .as(band.measure())
                    .isNotNull()
                    .isBetween(band.low(), band.high());
        }
        soft.assertAll();
        assertThat(measures).hasSameSizeAs(DemoBands.values());
    }
}
