package io.grouppulse.domain.saved;

/** Saved bytes that no version of this program wrote, or that were damaged since. */
public final class SavedStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SavedStateException(String message) {
        super(message);
    }
}
