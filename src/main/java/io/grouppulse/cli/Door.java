package io.grouppulse.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a monitor is, and what to come with.
 *
 * @param base such as {@code http://127.0.0.1:8080}
 * @param token null where the monitor asks for none
 */
public record Door(URI base, @Nullable String token) {

    /** The address of something there. */
    URI at(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }

    /** A request for it, with the token. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Holds no token. */
    @Override
    public String toString() {
        return base.toString();
    }
}
