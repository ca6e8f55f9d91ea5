package io.grouppulse.publish.screen;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** The screens under {@code /} and the interface documents, with a strict content security policy. */
public final class ScreenRoutes {
    private static final String POLICY =
            "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                    + "frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'";

    public void mount(Router router) {
        router.route().handler(ScreenRoutes::secure);
        router.get("/openapi.yaml").handler(ctx -> document(ctx, "openapi.yaml"));
        router.get("/asyncapi.yaml").handler(ctx -> document(ctx, "asyncapi.yaml"));
    }

    /** Mounted last: whatever no other route serves is looked for among the files of the screens. */
    public void mountFiles(Router router) {
        StaticHandler files =
                StaticHandler.create("web").setCachingEnabled(false).setDefaultContentEncoding("UTF-8");
        router.get("/*").handler(ctx -> {
            ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            files.handle(ctx);
        });
    }

    private static void secure(RoutingContext ctx) {
        ctx.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer");
        ctx.next();
    }

    private static void document(RoutingContext ctx, String name) {
        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8");
        ctx.vertx()
                .fileSystem()
                .readFile(name)
                .onSuccess(content -> ctx.response().end(content))
                .onFailure(ctx::fail);
    }
}
