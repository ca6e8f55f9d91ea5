package io.grouppulse.publish.screen;

import io.grouppulse.http.Reads;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** The screens under {@code /} and the interface documents. */
public final class ScreenRoutes {
    public void mount(Router router) {
        Reads.at(router, "/openapi.yaml").handler(ctx -> document(ctx, "openapi.yaml"));
        Reads.at(router, "/asyncapi.yaml").handler(ctx -> document(ctx, "asyncapi.yaml"));
    }

    /** Mounted last: whatever no other route serves is looked for among the files of the screens. */
    public void mountFiles(Router router) {
        StaticHandler files =
                StaticHandler.create("web").setCachingEnabled(false).setDefaultContentEncoding("UTF-8");
        router.route("/*").handler(ctx -> {
            if (isRead(ctx.request().method())) {
                ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                files.handle(ctx);
            } else if (isFile(ctx.normalizedPath())) {
                ctx.response().putHeader("Allow", "GET, HEAD");
                ctx.fail(405);
            } else {
                ctx.next();
            }
        });
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean isFile(String path) {
        return path.equals("/") || ScreenRoutes.class.getResource("/web" + path) != null;
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
