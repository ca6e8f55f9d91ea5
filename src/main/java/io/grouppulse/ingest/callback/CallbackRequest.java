package io.grouppulse.ingest.callback;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sent.
 *
 * @param query parameters of the address, by names in lower case
 * @param headers by names in lower case
 * @param now the wall clock, epoch milliseconds
 */
public record CallbackRequest(Map<String, String> query, Map<String, String> headers, Buffer body, long now) {
    private static final long WINDOW = 300_000;
    private static final int MAX_SECONDS_DIGITS = 11;

    /** @throws RefusedCallback if the address has no such parameter */
    public String needQuery(String name) throws RefusedCallback {
        return need(query.get(name), name);
    }

    /** @throws RefusedCallback if there is no such header */
    public String needHeader(String name) throws RefusedCallback {
        return need(headers.get(name), name);
    }

    /**
     * Refuses what was signed more than 5 minutes ago, or ahead.
     *
     * @param seconds epoch seconds as the caller wrote them
     */
    public void requireFresh(String seconds) throws RefusedCallback {
        if (!seconds.matches("[0-9]{1," + MAX_SECONDS_DIGITS + "}")) {
            throw new RefusedCallback(RefusedCallback.Reason.MALFORMED, "timestamp must be epoch seconds");
        }
        if (Math.abs(now - Long.parseLong(seconds) * 1_000) > WINDOW) {
            throw new RefusedCallback(RefusedCallback.Reason.STALE, "timestamp is more than 5 minutes from this clock");
        }
    }

    private static String need(@Nullable String value, String name) throws RefusedCallback {
        if (value == null || value.isEmpty()) {
            throw new RefusedCallback(RefusedCallback.Reason.MALFORMED, name + " is missing");
        }
        return value;
    }
}
