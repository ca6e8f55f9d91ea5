package io.grouppulse.domain.time;

import java.time.LocalDate;

/** Instants as RFC 3339 writes them: date, time and offset, all required; digits below a millisecond are cut. */
public final class Rfc3339 {
    /** The answer for a text that is no instant. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final int SECONDS_END = 19;

    private Rfc3339() {}

    /** Epoch milliseconds, or {@link #INVALID}. */
    public static long parseMillis(CharSequence text) {
        if (text.length() <= SECONDS_END || !hasSeparators(text)) {
            return INVALID;
        }
        long day = epochDay(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int fractionEnd = fractionEnd(text);
        long offset = offsetSeconds(text, fractionEnd);
        if (day == INVALID || outside(hour, 23) || outside(minute, 59) || outside(second, 60) || offset == INVALID) {
            return INVALID;
        }
        long seconds = day * 86_400 + hour * 3_600L + minute * 60L + second - offset;
        // a leap second is the last of a UTC day; it shares its place with the second that follows
        if (second == 60 && Math.floorMod(seconds, 86_400L) != 0) {
            return INVALID;
        }
        return seconds * 1_000 + fractionMillis(text, fractionEnd);
    }

    private static boolean hasSeparators(CharSequence text) {
        char t = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (t == 'T' || t == 't')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static long epochDay(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return INVALID;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        return day > first.lengthOfMonth() ? INVALID : first.toEpochDay() + day - 1;
    }

    /** Where the fraction ends; -1 if there is a dot without digits. */
    private static int fractionEnd(CharSequence text) {
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        int end = SECONDS_END + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == SECONDS_END + 1 ? -1 : end;
    }

    private static int fractionMillis(CharSequence text, int end) {
        int millis = 0;
        for (int i = SECONDS_END + 1; i <= SECONDS_END + 3; i++) {
            millis = millis * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return millis;
    }

    private static long offsetSeconds(CharSequence text, int at) {
        if (at < 0 || at >= text.length()) {
            return INVALID;
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return text.length() == at + 1 ? 0 : INVALID;
        }
        if ((sign != '+' && sign != '-') || text.length() != at + 6 || text.charAt(at + 3) != ':') {
            return INVALID;
        }
        int hours = digits(text, at + 1, at + 3);
        int minutes = digits(text, at + 4, at + 6);
        if (outside(hours, 23) || outside(minutes, 59)) {
            return INVALID;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return sign == '-' ? -seconds : seconds;
    }

    private static boolean outside(int value, int max) {
        return value < 0 || value > max;
    }

    /** The number written there, or -1. */
    private static int digits(CharSequence text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
