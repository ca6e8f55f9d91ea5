package io.grouppulse.domain.time;

/** Durations as people write them in settings: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
public final class Durations {
    private Durations() {}

    /**
     * Milliseconds of a duration text.
     *
     * @throws IllegalArgumentException if the text is no positive whole number with a unit
     */
    public static long parseMillis(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            throw notADuration(text);
        }
        long unit = switch (text.substring(digits)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> throw notADuration(text);
        };
        long number = Long.parseLong(text, 0, digits, 10);
        if (number == 0 || number > Long.MAX_VALUE / unit) {
            throw notADuration(text);
        }
        return number * unit;
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                "expected a duration such as 250ms, 10s, 5m, 24h or 7d, got '" + text + "'");
    }
}
