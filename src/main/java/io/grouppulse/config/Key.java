package io.grouppulse.config;

import io.grouppulse.domain.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: its name, its default, and which texts it takes.
 *
 * @param allowed completes the sentence "expected …"
 * @param parser turns a text into the value, or throws what its parts throw
 */
record Key<T>(String name, String defaultText, String allowed, Function<String, T> parser) {

    /** @throws ConfigException naming the origin, the text and what is allowed */
    T parse(Given given) {
        try {
            return parser.apply(given.text().trim());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw given.refuse("expected " + allowed);
        }
    }

    static Key<Integer> number(String name, String defaultText, int min, int max) {
        String allowed = "a whole number " + min + " to " + max;
        return new Key<>(name, defaultText, allowed, text -> (int) within(digits(text), min, max));
    }

    static Key<Duration> duration(String name, String defaultText, String min, String max) {
        long least = Durations.parseMillis(min);
        long most = Durations.parseMillis(max);
        String allowed = "a duration such as 250ms, 10s, 5m, 24h or 7d, from " + min + " to " + max;
        return new Key<>(
                name,
                defaultText,
                allowed,
                text -> Duration.ofMillis(within(Durations.parseMillis(text), least, most)));
    }

    static Key<Long> size(String name, String defaultText, String min, String max) {
        long least = Sizes.parseBytes(min);
        long most = Sizes.parseBytes(max);
        String allowed = "a size such as 65536, 64KiB or 1MB, from " + min + " to " + max;
        return new Key<>(name, defaultText, allowed, text -> within(Sizes.parseBytes(text), least, most));
    }

    /** The name of the environment variable that sets this key. */
    String variable() {
        return Variables.PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static long digits(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw new IllegalArgumentException("not a whole number");
        }
        return Long.parseLong(text);
    }

    private static long within(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
