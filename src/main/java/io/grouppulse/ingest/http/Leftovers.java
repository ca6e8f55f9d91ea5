package io.grouppulse.ingest.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads on after an early answer and throws away what comes, so that the client gets to see the answer; one that
 * sends too much or too slowly is cut off.
 */
final class Leftovers {
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final long MAX_MILLIS = 10_000;

    private final HttpServerRequest request;
    private long discarded;

    private Leftovers(HttpServerRequest request) {
        this.request = request;
    }

    static void discard(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        Leftovers leftovers = new Leftovers(request);
        long timer = vertx.setTimer(MAX_MILLIS, id -> leftovers.cutOff());
        request.exceptionHandler(e -> vertx.cancelTimer(timer));
        request.endHandler(v -> vertx.cancelTimer(timer));
        request.handler(chunk -> leftovers.discard(chunk.length()));
        request.resume();
    }

    private void discard(int bytes) {
        discarded += bytes;
        if (discarded > MAX_BYTES) {
            cutOff();
        }
    }

    private void cutOff() {
        request.connection().close();
    }
}
