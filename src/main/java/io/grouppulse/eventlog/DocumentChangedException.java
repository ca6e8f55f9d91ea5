package io.grouppulse.eventlog;

import java.io.IOException;

/** Another node has replaced the document since it was read here: read it again, and decide again. */
public final class DocumentChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    public DocumentChangedException(String place) {
        super("another node has just replaced " + place);
    }
}
