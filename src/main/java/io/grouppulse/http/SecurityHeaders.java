package io.grouppulse.http;

import io.vertx.core.http.HttpServerResponse;

/** What every answer tells a browser: nothing from elsewhere, no frames, no guessing of types. */
final class SecurityHeaders {
    private static final String POLICY =
            "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                    + "frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'";

    private SecurityHeaders() {}

    static void put(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
