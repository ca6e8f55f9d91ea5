package io.grouppulse.eventlog;

/** The log's content is not what was written, other than a torn last record. The message names file and offset. */
public final class LogDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogDamagedException(String message) {
        super(message);
    }
}
