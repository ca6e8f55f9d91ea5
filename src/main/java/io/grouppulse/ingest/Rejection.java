package io.grouppulse.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Input refused, as a value.
 *
 * @param id the event's id, where it could be read
 * @param field the field at fault, where there is one
 */
public record Rejection(
        Code code, @Nullable String id, @Nullable String field, String detail) {

    /** Why; a closed set, a label in metrics. */
    public enum Code {
        MALFORMED_JSON,
        MISSING_FIELD,
        BAD_FIELD,
        UNKNOWN_TYPE,
        TOO_EARLY,
        TOO_OLD,
        FORBIDDEN_ORG;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
