package io.grouppulse.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/** A request whose answer is written on its own context, whoever gives it. */
final class ContextBoundRequest extends HttpServerRequestWrapper {
    private final HttpServerResponse response;

    ContextBoundRequest(HttpServerRequest request) {
        super((HttpServerRequestInternal) request);
        this.response = new ContextBoundResponse(delegate.response(), delegate.context());
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }
}
