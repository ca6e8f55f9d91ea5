package io.grouppulse.ingest.http;

import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.http.Problem;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for the times when the monitor cannot take what it should. */
final class Overload {
    private static final Logger LOG = LoggerFactory.getLogger(Overload.class);
    private static final int BUSY_SECONDS = 1;
    private static final int LOG_SECONDS = 5;

    private Overload() {}

    static Problem busy() {
        return Problem.of(429, "overloaded", "The monitor cannot keep up; send again what was not taken.")
                .retryAfter(BUSY_SECONDS);
    }

    /** For inputs that could not be handed over. */
    static Problem failed(Throwable cause) {
        if (cause instanceof LogUnavailableException) {
            LOG.debug("log unavailable cause={}", cause.getMessage());
            return Problem.of(503, "log_unavailable", "The log takes nothing now; send again what was not taken.")
                    .retryAfter(LOG_SECONDS);
        }
        if (cause instanceof ReplyException) {
            LOG.warn("a shard did not say in time what it applied cause={}", cause.getMessage());
            return Problem.of(503, "unavailable", "It may be taken, and is not applied yet; send it again.")
                    .retryAfter(BUSY_SECONDS);
        }
        if (cause instanceof IOException) {
            LOG.warn("definitions cannot be stored", cause);
            return Problem.of(503, "storage_unavailable", "Definitions cannot be stored now.")
                    .retryAfter(LOG_SECONDS);
        }
        LOG.error("inputs could not be handed over", cause);
        return Problem.of(500, "internal", "The monitor failed to take this; its log says why.");
    }
}
