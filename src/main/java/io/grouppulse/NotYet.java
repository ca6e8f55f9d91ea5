package io.grouppulse;

import io.grouppulse.http.Problem;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/**
 * Answers 503 to everything but health and metrics until the monitor has recovered, or, where another monitor is active
 * on the same store, has taken over.
 */
record NotYet(BooleanSupplier isOpen) implements Handler<RoutingContext> {
    private static final int RETRY_SECONDS = 1;

    @Override
    public void handle(RoutingContext ctx) {
        String path = ctx.request().path();
        if (isOpen.getAsBoolean() || path.startsWith("/health/") || path.equals("/metrics")) {
            ctx.next();
            return;
        }
        Problem.of(503, "not_ready", "The monitor is recovering, or another one is active; /health/ready says when.")
                .retryAfter(RETRY_SECONDS)
                .write(ctx);
    }
}
