package io.grouppulse.ingest.callback;

import org.jspecify.annotations.Nullable;

/** One source that calls back. Thread-safe. */
public interface CallbackDoor {

    /** The source of its events, and its name in the path. */
    String source();

    /** Checks who calls, and reads what is told. */
    Callback read(CallbackRequest request) throws RefusedCallback;

    /** The body of the answer that makes the caller content. */
    String thanks();

    /** Its answer when the caller asks whether this is the right door; null if it has no such question. */
    default @Nullable String verify(CallbackRequest request) throws RefusedCallback {
        return null;
    }
}
