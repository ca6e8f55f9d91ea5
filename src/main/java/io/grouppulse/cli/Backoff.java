package io.grouppulse.cli;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before another try: growing, jittered, and never shorter than the server asks for. */
final class Backoff {
    private static final long FIRST = 200;
    private static final long LONGEST = 5_000;
    private static final long LONGEST_ASKED = 60_000;

    private final Clock clock;
    private final RandomGenerator random;

    Backoff(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** @param tries failed so far, at least one */
    long millis(int tries) {
        long full = Math.min(LONGEST, FIRST << Math.min(10, tries - 1));
        return full / 2 + random.nextLong(full / 2 + 1);
    }

    /** As {@link #millis}, or what {@code Retry-After} asks for and a little more. */
    long millis(int tries, HttpHeaders headers) {
        long asked = headers.firstValue("Retry-After")
                .flatMap(this::askedMillis)
                .map(millis -> Math.max(0, Math.min(LONGEST_ASKED, millis)))
                .orElse(-1L);
        return asked < 0 ? millis(tries) : asked + random.nextLong(FIRST + asked / 4);
    }

    private Optional<Long> askedMillis(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Long.parseLong(text) * 1_000);
        }
        try {
            ZonedDateTime moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), moment).toMillis());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
