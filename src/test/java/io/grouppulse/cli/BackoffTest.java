package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff =
            new Backoff(Clock.fixed(Instant.parse("2026-11-11T00:00:00Z"), ZoneOffset.UTC), new Random(1));

    @Test
    void waits_growWithTriesUpToALimit() {
        assertThat(backoff.millis(1)).isBetween(100L, 200L);
        assertThat(backoff.millis(4)).isBetween(800L, 1_600L);
        assertThat(backoff.millis(1_000)).isBetween(2_500L, 5_000L);
    }

    @Test
    void wait_isAtLeastWhatTheServerAsks() {
        assertThat(asked("3")).isBetween(3_000L, 4_000L);
        assertThat(asked("Wed, 11 Nov 2026 00:00:05 GMT")).isBetween(5_000L, 6_500L);
        assertThat(asked("0")).isBetween(0L, 200L);
    }

    @Test
    void absurdWish_isBoundedOrIgnored() {
        assertThat(asked("999999999")).isLessThan(80_000);
        assertThat(asked("later")).isBetween(100L, 200L);
    }

    private long asked(String retryAfter) {
        return backoff.millis(1, HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true));
    }
}
