package io.grouppulse.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;

/** Mounts what can be read: whatever answers GET answers HEAD with the same headers. */
public final class Reads {
    private Reads() {}

    public static Route at(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }
}
