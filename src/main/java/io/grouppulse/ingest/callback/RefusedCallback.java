package io.grouppulse.ingest.callback;

import java.io.Serial;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A callback that is not taken; the message may be shown to the caller. */
public final class RefusedCallback extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final @Nullable String proven;

    public RefusedCallback(Reason reason, String detail) {
        this(reason, detail, null);
    }

    private RefusedCallback(Reason reason, String detail, @Nullable String proven) {
        super(detail);
        this.reason = reason;
        this.proven = proven;
    }

    /**
     * The same, of a caller whose signature was right: what it said is its own, and not to be lost.
     *
     * @param said as it came, before it was read
     */
    public RefusedCallback provenToSay(String said) {
        return new RefusedCallback(reason, String.valueOf(getMessage()), said);
    }

    /** What a caller with a right signature said that could not be read; null of all others. */
    public @Nullable String proven() {
        return proven;
    }

    public Reason reason() {
        return reason;
    }

    /** Why; a closed set, a label in metrics and the code of the answer. */
    public enum Reason {
        BAD_SIGNATURE(403),
        STALE(403),
        WRONG_RECEIVER(403),
        MALFORMED(400),
        OVERLOADED(503),
        LOG_UNAVAILABLE(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
