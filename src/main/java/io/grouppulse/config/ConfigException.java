package io.grouppulse.config;

import java.io.Serial;

/** The configuration cannot be used; the message is one line for the operator: which key, which value, what is allowed. */
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ConfigException(String line) {
        super(line);
    }
}
