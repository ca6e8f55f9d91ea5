package io.grouppulse.http;

import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What the path of a request names. */
public final class Paths {
    private Paths() {}

    /**
     * The rest of the path by which the request was routed, percent-decoded; empty if the path is not longer.
     *
     * @throws BadInput if it is not percent-encoded correctly
     */
    public static String after(RoutingContext ctx, String prefix) throws BadInput {
        return between(ctx, prefix, "");
    }

    /**
     * The part of the path between these two, percent-decoded; empty if there is none.
     *
     * @throws BadInput if it is not percent-encoded correctly
     */
    public static String between(RoutingContext ctx, String prefix, String suffix) throws BadInput {
        String path = ctx.normalizedPath();
        int end = path.length() - suffix.length();
        String rest = end <= prefix.length() ? "" : path.substring(prefix.length(), end);
        try {
            return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BadInput.badField("path", "the path is not percent-encoded correctly");
        }
    }
}
