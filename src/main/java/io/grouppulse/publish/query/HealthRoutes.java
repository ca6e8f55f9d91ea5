package io.grouppulse.publish.query;

import io.grouppulse.http.Reads;
import io.grouppulse.ops.Health;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * Alive and ready. Alive means that this event loop answers, nothing more: a restart would not cure a full disk. Ready
 * means that traffic can be served.
 */
public final class HealthRoutes {
    private final Health health;

    public HealthRoutes(Health health) {
        this.health = health;
    }

    public void mount(Router router) {
        Reads.at(router, "/health/live").handler(ctx -> answer(ctx, Map.of()));
        Reads.at(router, "/health/ready").handler(ctx -> answer(ctx, health.read()));
    }

    private static void answer(RoutingContext ctx, Map<String, String> problems) {
        JsonArray checks = new JsonArray();
        boolean up = true;
        for (Map.Entry<String, String> check : problems.entrySet()) {
            boolean good = check.getValue().isEmpty();
            up &= good;
            checks.add(new JsonObject()
                    .put("name", check.getKey())
                    .put("status", good ? "UP" : "DOWN")
                    .put("detail", good ? null : check.getValue()));
        }
        ctx.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("status", up ? "UP" : "DOWN")
                        .put("checks", checks)
                        .toBuffer());
    }
}
