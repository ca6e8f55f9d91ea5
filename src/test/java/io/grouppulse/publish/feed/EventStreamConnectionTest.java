package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-Sent Events from the thread of a test, to a server that lets nobody write but its event loop. */
final class EventStreamConnectionTest {
    private static final int SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    /** Held here: Vert.x closes a client that nobody holds any more, with what it is about. */
    private final HttpClient client = vertx.createHttpClient();

    private final BlockingQueue<EventStreamConnection> connections = new LinkedBlockingQueue<>();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
                .requestHandler(request -> {
                    request.response().setChunked(true).writeHead();
                    connections.add(new EventStreamConnection(request));
                });
        port = get(server.listen(0, "127.0.0.1")).actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private Future<String> body() {
        return client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .map(body -> body.toString());
    }

    private EventStreamConnection connected() throws Exception {
        EventStreamConnection connection = connections.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(connection).isNotNull();
        return connection;
    }

    private static void send(List<EventStreamConnection> to, int n) {
        Bundle bundle = new Bundle(List.of(Frame.of("e/" + n, new JsonObject().put("n", n))));
        LoopWrites writes = new LoopWrites();
        to.forEach(connection -> connection.send(bundle, writes));
        writes.flush();
        bundle.release();
    }

    private static boolean isAllRead(EventStreamConnection connection) throws Exception {
        return Deadline.in(Duration.ofSeconds(SECONDS)).until(() -> connection.unreadBytes() == 0);
    }

    @Test
    void whatAnotherThreadSends_comesInOrder_andSoDoesTheEnd() throws Exception {
        Future<String> body = body();
        EventStreamConnection connection = connected();
        assertThat(connection.isWritable()).isTrue();

        send(List.of(connection), 1);
        send(List.of(connection), 2);
        connection.close(1001, "going away");

        assertThat(get(body)).isEqualTo("id: e/1\ndata: {\"n\":1}\n\nid: e/2\ndata: {\"n\":2}\n\n");
        assertThat(isAllRead(connection)).isTrue();
        assertThat(connection.isWritable()).isFalse();
    }

    @Test
    void whatIsSentToOneThatEndsMeanwhile_isNotUnread_andKeepsNothingFromTheOther() throws Exception {
        Future<String> endsBody = body();
        EventStreamConnection ends = connected();
        Future<String> staysBody = body();
        EventStreamConnection stays = connected();

        ends.close(1013, "too slow");
        send(List.of(ends, stays), 1);
        stays.close(1001, "going away");

        assertThat(get(endsBody)).isEmpty();
        assertThat(get(staysBody)).isEqualTo("id: e/1\ndata: {\"n\":1}\n\n");
        assertThat(isAllRead(ends)).isTrue();
    }
}
