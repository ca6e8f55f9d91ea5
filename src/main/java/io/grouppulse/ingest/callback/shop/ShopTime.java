package io.grouppulse.ingest.callback.shop;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** How a shop writes times. */
public enum ShopTime {
    /** Epoch milliseconds. */
    MILLIS,
    /** Epoch seconds. */
    SECONDS,
    /** RFC 3339 with an offset. */
    RFC3339,
    /** Such as {@code 2026-11-23 10:00:00}, in China's time. */
    DATETIME;

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final int MAX_DIGITS = 15;

    /** What the field {@code ts} of an event takes; a text that is no time of this form is handed on to be refused. */
    Object millis(Object found) {
        String text = found.toString();
        return switch (this) {
            case MILLIS -> number(text, 1);
            case SECONDS -> number(text, 1_000);
            case RFC3339 -> text;
            case DATETIME -> parsed(text);
        };
    }

    private static Object number(String text, long factor) {
        return text.matches("[0-9]{1," + MAX_DIGITS + "}") ? (Object) (Long.parseLong(text) * factor) : text + "?";
    }

    private static Object parsed(String text) {
        try {
            return LocalDateTime.parse(text, FORMAT).toInstant(CHINA).toEpochMilli();
        } catch (DateTimeException e) {
            return text + "?";
        }
    }
}
