package io.grouppulse.eventlog;

/** The log cannot take entries now, for example because the disk is full; it may again later. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
