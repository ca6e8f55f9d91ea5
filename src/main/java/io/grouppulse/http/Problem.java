package io.grouppulse.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 writes it.
 *
 * @param code what went wrong, from a closed set that programs can rely on
 * @param field the field or parameter at fault, where one is
 * @param retryAfter seconds to wait before another attempt; 0 when none is advised
 * @param extra further members of the document
 */
public record Problem(
        int status, String code, String detail, @Nullable String field, int retryAfter, Map<String, Object> extra) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"));

    public Problem {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, null, 0, Map.of());
    }

    public Problem at(String faultyField) {
        return new Problem(status, code, detail, faultyField, retryAfter, extra);
    }

    public Problem retryAfter(int seconds) {
        return new Problem(status, code, detail, field, seconds, extra);
    }

    public Problem with(Map<String, Object> members) {
        return new Problem(status, code, detail, field, retryAfter, members);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Error"))
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        if (field != null) {
            json.put("field", field);
        }
        extra.forEach(json::put);
        return json;
    }

    /** Answers with this problem, unless an answer has begun already. */
    public Future<Void> write(RoutingContext ctx) {
        return write(ctx.response());
    }

    /** Answers with this problem, unless an answer has begun already. */
    public Future<Void> write(HttpServerResponse response) {
        if (response.closed() || response.ended() || response.headWritten()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (retryAfter > 0) {
            response.putHeader("Retry-After", Integer.toString(retryAfter));
        }
        return response.end(toJson().toBuffer());
    }
}
