package io.grouppulse.ingest.callback;

import java.io.Serial;
import java.util.Locale;

/** A callback that is not taken; the message may be shown to the caller. */
public final class RefusedCallback extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public RefusedCallback(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
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
