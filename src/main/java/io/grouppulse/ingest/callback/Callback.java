package io.grouppulse.ingest.callback;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What one callback tells.
 *
 * @param result what it amounts to, as a label in metrics
 * @param events in the form of events over HTTP, without their source
 * @param onDurable runs once they are durable
 * @param onLost runs if they could not be made durable; the caller will come again
 */
public record Callback(Result result, List<JsonObject> events, Runnable onDurable, Runnable onLost) {

    /** What became of a sound callback. */
    public enum Result {
        /** It holds events. */
        TAKEN,
        /** It was taken before. */
        REPEATED,
        /** It tells nothing that the monitor counts. */
        IGNORED
    }

    /** A callback without events. */
    public static Callback empty(Result result) {
        return new Callback(result, List.of(), () -> {}, () -> {});
    }

    public static Callback of(List<JsonObject> events) {
        return new Callback(Result.TAKEN, List.copyOf(events), () -> {}, () -> {});
    }
}
