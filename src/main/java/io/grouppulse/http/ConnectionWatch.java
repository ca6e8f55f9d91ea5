package io.grouppulse.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that hold a place and do nothing with it: those that have begun no request for a while, however slowly
 * they send the bytes of one, and those that do not come to the end of a body. An idle timeout of the socket does not see
 * them, since each byte begins it anew. Belongs to the event loop of its server.
 */
final class ConnectionWatch {
    private static final int LOOKS_IN_A_LIMIT = 8;

    private final Limits limits;
    private final Map<HttpConnection, Held> connections = new HashMap<>();

    /**
     * How long a client may take.
     *
     * @param headMillis for the head of a request, from the connection or from the end of the answer before
     * @param bodyMillis for the body, from the head
     */
    record Limits(long headMillis, long bodyMillis) {}

    /** A connection, and the request on it that is being answered. */
    private static final class Held {
        private long since = now();
        private @Nullable HttpServerRequest request;
    }

    ConnectionWatch(Vertx vertx, Limits limits) {
        this.limits = limits;
        long every = Math.max(1, Math.min(limits.headMillis(), limits.bodyMillis()) / LOOKS_IN_A_LIMIT);
        vertx.setPeriodic(every, timer -> look());
    }

    void opened(HttpConnection connection) {
        connections.put(connection, new Held());
        connection.closeHandler(closed -> connections.remove(connection));
    }

    void began(HttpServerRequest request) {
        Held held = connections.get(request.connection());
        if (held != null) {
            held.since = now();
            held.request = request;
        }
    }

    /** A connection that has become a WebSocket has rules of its own. */
    void upgraded(HttpServerRequest request) {
        connections.remove(request.connection());
    }

    private void look() {
        List<HttpConnection> over = new ArrayList<>();
        connections.forEach((connection, held) -> {
            HttpServerRequest request = held.request;
            if (request != null && request.response().ended()) {
                held.since = now();
                held.request = null;
                request = null;
            }
            long limit =
                    request == null ? limits.headMillis() : request.isEnded() ? Long.MAX_VALUE : limits.bodyMillis();
            if (now() - held.since > limit) {
                over.add(connection);
            }
        });
        over.forEach(HttpConnection::close);
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
