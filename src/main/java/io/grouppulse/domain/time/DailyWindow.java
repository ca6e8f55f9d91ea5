package io.grouppulse.domain.time;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/** A stretch of every day, such as 22:00-08:00; the end is outside. One that ends before it begins goes over midnight. */
public record DailyWindow(LocalTime from, LocalTime to) {
    private static final String SHAPE = "[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}";

    /** @throws IllegalArgumentException if the text is none, or the window is empty */
    public static DailyWindow parse(String text) {
        if (!text.matches(SHAPE)) {
            throw new IllegalArgumentException("expected a window of the day such as 22:00-08:00");
        }
        try {
            DailyWindow window =
                    new DailyWindow(LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6)));
            if (window.from.equals(window.to)) {
                throw new IllegalArgumentException("the window is empty");
            }
            return window;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("there is no such time of day", e);
        }
    }

    public boolean contains(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        return from.isBefore(to) ? begun && !ended : begun || !ended;
    }
}
