package io.grouppulse;

import io.grouppulse.http.Problem;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Answers 503 to everything but health and metrics until the monitor has recovered, or, one of several nodes, has heard of
 * every shard.
 */
record NotYet(BooleanSupplier isOpen) implements Handler<RoutingContext> {
    private static final int RETRY_SECONDS = 1;
    private static final Map<String, Object> NOTHING_TAKEN = Map.of("accepted", 0, "rejected", 0, "errors", List.of());

    @Override
    public void handle(RoutingContext ctx) {
        String path = ctx.request().path();
        if (isOpen.getAsBoolean() || path.startsWith("/health/") || path.equals("/metrics")) {
            ctx.next();
            return;
        }
        Problem problem = Problem.of(
                        503, "unavailable", "The monitor is recovering; /health/ready says when it is done.")
                .retryAfter(RETRY_SECONDS);
        (path.equals("/api/v1/events") ? problem.with(NOTHING_TAKEN) : problem).write(ctx);
    }
}
