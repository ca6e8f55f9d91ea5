package io.grouppulse.domain.time;

/**
 * A sliding window: it covers {@code end - width <= ts < end}, where {@code end} is the end of the slice that holds T,
 * so the filling slice is included and a window is a whole number of slices. Millis throughout.
 */
public record WindowSpec(String name, long width, long slice) {

    /** @throws IllegalArgumentException if the slice is no whole number of seconds or the width no whole number of slices */
    public WindowSpec {
        if (slice < 1000 || slice % 1000 != 0) {
            throw new IllegalArgumentException("slice must be a whole number of seconds, at least 1s");
        }
        if (width < slice || width % slice != 0) {
            throw new IllegalArgumentException("width must be a whole number of slices");
        }
    }

    /**
     * Reads {@code width/slice}, each a number with a unit of {@code s}, {@code m}, {@code h} or {@code d}: {@code 5m/1s}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static WindowSpec parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("expected width/slice such as 5m/1s, got '" + text + "'");
        }
        String width = text.substring(0, slash).trim();
        return new WindowSpec(
                width,
                Durations.parseMillis(width),
                Durations.parseMillis(text.substring(slash + 1).trim()));
    }

    /** The end of the slice that holds {@code t}. */
    public long endAt(long t) {
        return Math.floorDiv(t, slice) * slice + slice;
    }

    /** The start of the window as of {@code t}, inclusive. */
    public long startAt(long t) {
        return endAt(t) - width;
    }
}
