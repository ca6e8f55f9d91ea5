package io.grouppulse.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.HostAndPort;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that any thread may give: what is written elsewhere than on the context of its request is handed over to that,
 * in order. In strict thread mode Vert.x would refuse it with an exception in whoever gave the answer, and the client would
 * wait for ever. What goes wrong when it is written fails the future, not the call.
 */
final class ContextBoundResponse implements HttpServerResponse {
    private final HttpServerResponse response;
    private final ContextInternal context;

    ContextBoundResponse(HttpServerResponse response, ContextInternal context) {
        this.response = response;
        this.context = context;
    }

    private <T> Future<T> onContext(Supplier<Future<T>> write) {
        if (context.inThread()) {
            return write.get();
        }
        Promise<T> written = context.promise();
        context.runOnContext(own -> {
            try {
                write.get().onComplete(written);
            } catch (RuntimeException e) {
                written.fail(e);
            }
        });
        return written.future();
    }

    @Override
    public Future<Void> writeHead() {
        return onContext(response::writeHead);
    }

    @Override
    public Future<Void> write(Buffer data) {
        return onContext(() -> response.write(data));
    }

    @Override
    public Future<Void> write(String chunk, String enc) {
        return onContext(() -> response.write(chunk, enc));
    }

    @Override
    public Future<Void> write(String chunk) {
        return onContext(() -> response.write(chunk));
    }

    @Override
    public Future<Void> writeContinue() {
        return onContext(response::writeContinue);
    }

    @Override
    public Future<Void> writeEarlyHints(MultiMap headers) {
        return onContext(() -> response.writeEarlyHints(headers));
    }

    @Override
    public Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
        return onContext(() -> response.writeCustomFrame(type, flags, payload));
    }

    @Override
    public Future<Void> end(String chunk) {
        return onContext(() -> response.end(chunk));
    }

    @Override
    public Future<Void> end(String chunk, String enc) {
        return onContext(() -> response.end(chunk, enc));
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return onContext(() -> response.end(chunk));
    }

    @Override
    public Future<Void> end() {
        return onContext(response::end);
    }

    @Override
    public Future<Void> reset(long code) {
        return onContext(() -> response.reset(code));
    }

    @Override
    public Future<Void> sendFile(String filename, long offset, long length) {
        return onContext(() -> response.sendFile(filename, offset, length));
    }

    @Override
    public Future<Void> sendFile(FileChannel channel, long offset, long length) {
        return onContext(() -> response.sendFile(channel, offset, length));
    }

    @Override
    public Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
        return onContext(() -> response.sendFile(file, offset, length));
    }

    @Override
    public Future<HttpServerResponse> push(HttpMethod method, HostAndPort authority, String path, MultiMap headers) {
        return onContext(() -> response.push(method, authority, path, headers));
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        response.exceptionHandler(handler);
        return this;
    }

    @Override
    public HttpServerResponse setWriteQueueMaxSize(int maxSize) {
        response.setWriteQueueMaxSize(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return response.writeQueueFull();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        response.drainHandler(handler);
        return this;
    }

    @Override
    public int getStatusCode() {
        return response.getStatusCode();
    }

    @Override
    public HttpServerResponse setStatusCode(int statusCode) {
        response.setStatusCode(statusCode);
        return this;
    }

    @Override
    public String getStatusMessage() {
        return response.getStatusMessage();
    }

    @Override
    public HttpServerResponse setStatusMessage(String statusMessage) {
        response.setStatusMessage(statusMessage);
        return this;
    }

    @Override
    public HttpServerResponse setChunked(boolean chunked) {
        response.setChunked(chunked);
        return this;
    }

    @Override
    public boolean isChunked() {
        return response.isChunked();
    }

    @Override
    public MultiMap headers() {
        return response.headers();
    }

    @Override
    public HttpServerResponse putHeader(String name, String value) {
        response.putHeader(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
        response.putHeader(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(String name, Iterable<String> values) {
        response.putHeader(name, values);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> values) {
        response.putHeader(name, values);
        return this;
    }

    @Override
    public MultiMap trailers() {
        return response.trailers();
    }

    @Override
    public HttpServerResponse putTrailer(String name, String value) {
        response.putTrailer(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(CharSequence name, CharSequence value) {
        response.putTrailer(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(String name, Iterable<String> values) {
        response.putTrailer(name, values);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(CharSequence name, Iterable<CharSequence> value) {
        response.putTrailer(name, value);
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        response.closeHandler(handler);
        return this;
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        response.endHandler(handler);
        return this;
    }

    @Override
    public boolean ended() {
        return response.ended();
    }

    @Override
    public boolean closed() {
        return response.closed();
    }

    @Override
    public boolean headWritten() {
        return response.headWritten();
    }

    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        response.headersEndHandler(handler);
        return this;
    }

    @Override
    public HttpServerResponse bodyEndHandler(@Nullable Handler<Void> handler) {
        response.bodyEndHandler(handler);
        return this;
    }

    @Override
    public long bytesWritten() {
        return response.bytesWritten();
    }

    @Override
    public int streamId() {
        return response.streamId();
    }

    @Override
    public HttpServerResponse addCookie(Cookie cookie) {
        response.addCookie(cookie);
        return this;
    }

    @Override
    public @Nullable Cookie removeCookie(String name, boolean invalidate) {
        return response.removeCookie(name, invalidate);
    }

    @Override
    public Set<Cookie> removeCookies(String name, boolean invalidate) {
        return response.removeCookies(name, invalidate);
    }

    @Override
    public @Nullable Cookie removeCookie(String name, String domain, String path, boolean invalidate) {
        return response.removeCookie(name, domain, path, invalidate);
    }
}
