package io.grouppulse.eventlog;

/** Another monitor owns the shard now: what this one would save was refused, and always will be. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
