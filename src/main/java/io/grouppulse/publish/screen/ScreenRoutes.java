package io.grouppulse.publish.screen;

import io.grouppulse.http.Reads;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The screens under {@code /} and the interface documents. */
public final class ScreenRoutes {
    private final ScreenFiles files = new ScreenFiles();

    public void mount(Router router) {
        Reads.at(router, "/openapi.yaml").handler(ctx -> document(ctx, "openapi.yaml"));
        Reads.at(router, "/asyncapi.yaml").handler(ctx -> document(ctx, "asyncapi.yaml"));
    }

    /** Mounted last: whatever no other route serves is looked for among the files of the screens. */
    public void mountFiles(Router router) {
        router.route("/*")
                .handler(ctx -> files.at(ctx.normalizedPath()).ifPresentOrElse(file -> answer(ctx, file), ctx::next));
    }

    private static void answer(RoutingContext ctx, ScreenFile file) {
        HttpServerResponse response = ctx.response();
        if (!isRead(ctx.request().method())) {
            response.putHeader("Allow", "GET, HEAD");
            ctx.fail(405);
            return;
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, file.tag())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (has(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.tag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
        boolean packed = has(ctx.request().getHeader(HttpHeaders.ACCEPT_ENCODING), "gzip");
        if (packed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Buffer content = packed ? file.packed() : file.plain();
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()))
                    .end();
        } else {
            response.end(content);
        }
    }

    /** Whether a header's list names that, with no weight of zero. */
    private static boolean has(@Nullable String list, String wanted) {
        return list != null
                && Arrays.stream(list.split(",")).map(String::strip).anyMatch(each -> {
                    String[] parts = each.split(";", 2);
                    return parts[0].strip().equals(wanted)
                            && (parts.length < 2 || !parts[1].strip().matches("q=0(\\.0*)?"));
                });
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
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
