package io.grouppulse.publish.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.access.Access;
import io.grouppulse.access.Visibility;
import io.grouppulse.fuzz.ParserFuzz;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;

/** Frames of clients of the feed, each answered in one frame at most; their client has gone, so no stream begins. */
public final class FeedFrameFuzz implements ParserFuzz {
    private final FakeConnection connection = new FakeConnection();
    private final FeedProtocol protocol;

    @SuppressWarnings("NullAway") // the states are not asked, for nobody is connected
    public FeedFrameFuzz() {
        Vertx vertx = Vertx.vertx();
        FeedHub hub = new FeedHub(
                new FeedSettings(10, 256, 1_000, 65_536, 1 << 20, 1_000),
                null,
                new FeedMeters(new SimpleMeterRegistry()),
                System::currentTimeMillis);
        vertx.deployVerticle(hub).await();
        Access open = Access.open(new Access.Terms("", "", "", "", "", List.of()), System::currentTimeMillis);
        FeedSession session = new FeedSession(open, connection, vertx.getOrCreateContext(), System::currentTimeMillis);
        session.begin(null);
        Visibility all = new Visibility(group -> List.of(), id -> null);
        this.protocol = new FeedProtocol(hub, connection, 1 << 20, session, all);
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                "{\"op\":\"subscribe\",\"topic\":\"org:bbg/hunan\",\"every\":250,\"since\":{\"epoch\":\"e\",\"seq\":41}}"
                        .getBytes(UTF_8),
                "{\"op\":\"subscribe\",\"topic\":\"board:items:org:bbg:5m\",\"every\":50}".getBytes(UTF_8),
                "{\"op\":\"unsubscribe\",\"topic\":\"rain:group:g1\"}".getBytes(UTF_8),
                "{\"op\":\"ping\",\"n\":1e3}".getBytes(UTF_8),
                "{\"op\":\"auth\",\"token\":\"t\"}".getBytes(UTF_8));
    }

    @Override
    public void feed(byte[] input) {
        protocol.onText(new String(input, UTF_8));
        if (connection.drain().size() > 1 || connection.closedWith() != 0) {
            throw new AssertionError("more than one answer");
        }
    }
}
