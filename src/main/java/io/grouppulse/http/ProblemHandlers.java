package io.grouppulse.http;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a router answer everything it does not serve, and every failure, with a problem document. */
public final class ProblemHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);

    private static final int UNAVAILABLE = 503;

    private ProblemHandlers() {}

    public static void install(Router router) {
        router.errorHandler(
                400,
                ctx -> Problem.of(400, "bad_request", "The request cannot be understood.")
                        .write(ctx));
        router.errorHandler(404, ctx -> unserved(router, ctx));
        router.errorHandler(405, ctx -> unserved(router, ctx));
        router.errorHandler(
                406,
                ctx -> Problem.of(406, "not_acceptable", "No accepted media type can be offered.")
                        .write(ctx));
        router.errorHandler(
                413,
                ctx -> Problem.of(413, "too_large", "The body is larger than this path takes.")
                        .write(ctx));
        router.errorHandler(
                415,
                ctx -> Problem.of(415, "unsupported_media_type", "This path does not take that media type.")
                        .write(ctx));
        router.errorHandler(500, ProblemHandlers::failed);
    }

    /** Nothing at the path, or nothing for the method: a router that goes on looking may report either as the other. */
    private static void unserved(Router router, RoutingContext ctx) {
        String stated = ctx.response().headers().get("Allow");
        String allowed = stated == null ? allowedMethods(router.getRoutes(), ctx.normalizedPath()) : stated;
        HttpMethod method = ctx.request().method();
        if (allowed.isEmpty() || List.of(allowed.split(", ", -1)).contains(method.name())) {
            Problem.of(404, "not_found", "There is nothing at this path.").write(ctx);
            return;
        }
        ctx.response().putHeader("Allow", allowed);
        if (method.equals(HttpMethod.OPTIONS)) {
            ctx.response().setStatusCode(204).end();
        } else {
            Problem.of(405, "method_not_allowed", "Allowed here: " + allowed + ".")
                    .write(ctx);
        }
    }

    /** Who was to answer is on another node, or on its way to one. */
    private static boolean isAway(Throwable failure) {
        return failure instanceof ReplyException reply
                && (reply.failureType() != ReplyFailure.RECIPIENT_FAILURE || reply.failureCode() == UNAVAILABLE);
    }

    private static void failed(RoutingContext ctx) {
        if (isAway(ctx.failure())) {
            LOG.warn(
                    "not answered path={} reason={}",
                    ctx.request().path(),
                    ctx.failure().getMessage());
            Problem.of(503, "unavailable", "A part of the monitor is moving to another node.")
                    .retryAfter(1)
                    .write(ctx);
            return;
        }
        LOG.error(
                "request failed method={} path={}",
                ctx.request().method(),
                ctx.request().path(),
                ctx.failure());
        Problem.of(500, "internal", "The monitor failed to answer; its log says why.")
                .write(ctx);
    }

    /** Routes with a regular expression of their own do not take part: their paths cannot be read back. */
    static String allowedMethods(List<Route> routes, String path) {
        TreeSet<String> names = new TreeSet<>();
        for (Route route : routes) {
            if (route.methods() != null && route.getPath() != null && matches(route, path)) {
                route.methods().stream().map(HttpMethod::name).forEach(names::add);
            }
        }
        return String.join(", ", names);
    }

    private static boolean matches(Route route, String path) {
        String[] expected = route.getPath().split("/", -1);
        String[] actual = path.split("/", -1);
        int length = expected.length;
        if (!route.isExactPath()) {
            length = expected[length - 1].isEmpty() ? length - 1 : length;
        }
        if (actual.length < length || (route.isExactPath() && actual.length != length)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            boolean parameter = expected[i].startsWith(":") && !actual[i].isEmpty();
            if (!parameter && !expected[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }
}
