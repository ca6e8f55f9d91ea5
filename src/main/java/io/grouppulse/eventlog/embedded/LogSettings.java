package io.grouppulse.eventlog.embedded;

/**
 * Options of the embedded log.
 *
 * @param segmentBytes a segment that has reached this size is followed by a new one
 */
public record LogSettings(long segmentBytes) {
    public static final LogSettings DEFAULTS = new LogSettings(64L << 20);

    public LogSettings {
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("segmentBytes must be at least 1: " + segmentBytes);
        }
    }
}
