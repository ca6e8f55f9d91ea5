package io.grouppulse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.LocalCodec;
import io.grouppulse.bus.Messages.AskSaved;
import io.grouppulse.nodes.Envelope.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarrierTest {
    private static final Member SELF = new Member("self", "1", "f", false, false, Set.of());

    private final Vertx vertx = Vertx.vertx();
    private final BrokenPost post = new BrokenPost();
    private final Carrier carrier = new Carrier(vertx, post, SELF, new CarrierMeters(new SimpleMeterRegistry()));

    /** Its connection is broken for some messages. */
    private static final class BrokenPost implements Post {
        private final AtomicInteger toBreak = new AtomicInteger();
        private final BlockingQueue<Envelope> sent = new LinkedBlockingQueue<>();
        private volatile @Nullable Handler<Buffer> reader;

        @Override
        public Future<Boolean> send(Member to, Buffer message) {
            if (toBreak.getAndDecrement() > 0) {
                return Future.failedFuture(new IOException("the connection is gone"));
            }
            sent.add(Envelope.of(message, "f"));
            return Future.succeededFuture(true);
        }

        @Override
        public Future<Void> listen(Handler<Buffer> handler) {
            reader = handler;
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void start() {
        vertx.eventBus().registerCodec(new LocalCodec());
        carrier.start().await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void answerThatABrokenConnectionTakes_isPutAgain() throws Exception {
        vertx.eventBus().consumer("question", message -> message.reply(new AskSaved(), Feeds.options()));
        post.toBreak.set(2);

        Objects.requireNonNull(post.reader)
                .handle(new Envelope("f", Kind.ASK, "other", "2", 41, "question", bytes()).toBuffer());

        Envelope answer = post.sent.poll(20, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.kind()).isEqualTo(Kind.ANSWER);
        assertThat(answer.question()).isEqualTo(41);
    }

    private static Buffer bytes() {
        return Buffer.buffer(new Wire().write(new AskSaved()));
    }
}
