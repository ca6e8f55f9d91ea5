package io.grouppulse.alert;

import io.grouppulse.alert.MessageFormat.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON. Follows no redirects, waits for a limited time, and reads at most 64 KiB of an answer. */
final class Poster {
    /** How long an answer may take, millis. */
    static final int LIMIT = 5_000;

    private static final int MOST_ANSWER = 64 * 1024;

    private final HttpClient client;
    private final int limit;

    /** @param limit how long an answer may take in all, millis */
    Poster(Vertx vertx, int limit) {
        this.limit = limit;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(limit).setIdleTimeout(30));
    }

    record Answer(int status, String body) {}

    /** Fails when no whole answer came in time. */
    Future<Answer> post(Outgoing outgoing) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(outgoing.uri())
                .setFollowRedirects(false)
                .setTimeout(limit)
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("user-agent", "GroupPulse");
        outgoing.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(outgoing.body()))
                        .compose(Poster::read)
                        .timeout(limit, TimeUnit.MILLISECONDS)
                        .onFailure(cause -> request.reset()));
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > MOST_ANSWER) {
                answer.tryFail("the answer is too long");
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(new Answer(response.statusCode(), body.toString())));
        return answer.future();
    }

    /** Why nothing was answered, without the address: it may hold a key. */
    static String reasonOf(Throwable cause) {
        return cause instanceof TimeoutException
                ? "no answer in time"
                : cause.getClass().getSimpleName();
    }

    Future<Void> close() {
        return client.close();
    }
}
