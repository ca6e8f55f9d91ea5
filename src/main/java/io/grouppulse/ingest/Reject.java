package io.grouppulse.ingest;

import org.jspecify.annotations.Nullable;

/**
 * One piece of refused input, as it is read back.
 *
 * @param at when it was refused, epoch milliseconds
 * @param raw what was sent, cut at 8 KiB and without texts; null where it is not kept, and once memory is needed for newer ones
 */
public record Reject(
        long at,
        String source,
        @Nullable String id,
        Rejection.Code code,
        @Nullable String field,
        String detail,
        @Nullable String raw) {

    public Reject withoutRaw() {
        return new Reject(at, source, id, code, field, detail, null);
    }
}
