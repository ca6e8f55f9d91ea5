package io.grouppulse.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * RFC 9112, 3.2: a request of HTTP/1.1 names one host. Of two, a proxy may have gone by the one and the monitor by the
 * other, which is what the origin of a page is compared with.
 */
final class HostRule {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%!$&'()*+;=:\\[\\]-]*");

    private HostRule() {}

    /** Whether it is kept; if not, the request is answered and its connection closed. */
    static boolean isKept(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        boolean isNamed = !hosts.isEmpty() || request.version() != HttpVersion.HTTP_1_1;
        if (isNamed && hosts.size() <= 1 && hosts.stream().allMatch(HostRule::isHost)) {
            return true;
        }
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        Problem.of(400, "bad_request", "A request names one host in one header Host.")
                .write(request.response())
                .onComplete(answered -> request.connection().close());
        return false;
    }

    private static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }
}
