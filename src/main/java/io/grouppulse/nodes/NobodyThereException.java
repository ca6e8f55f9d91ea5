package io.grouppulse.nodes;

/** The node that was asked is gone, or does not answer such questions any more; another one may. */
public final class NobodyThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NobodyThereException(String message) {
        super(message, null, false, false);
    }
}
