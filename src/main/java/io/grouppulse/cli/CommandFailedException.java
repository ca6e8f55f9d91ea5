package io.grouppulse.cli;

import java.io.Serial;

/** A command could not do its work; the message is one line for the operator. */
final class CommandFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    CommandFailedException(String line) {
        super(line);
    }
}
