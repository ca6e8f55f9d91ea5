package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What passes of the frames that a client sends. */
class FrameGuardTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicInteger told = new AtomicInteger();
    private long now = Long.MAX_VALUE - SECOND / 2;
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameGuard(10, () -> now, told::incrementAndGet));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private int passing(int count) {
        int passed = 0;
        for (int i = 0; i < count; i++) {
            passed += passes(new TextWebSocketFrame("x")) ? 1 : 0;
        }
        return passed;
    }

    private boolean passes(WebSocketFrame frame) {
        channel.writeInbound(frame);
        Object out = channel.readInbound();
        if (out != null) {
            assertThat(out).isSameAs(frame);
            frame.release();
        }
        assertThat(frame.refCnt()).isZero();
        return out != null;
    }

    @Test
    void asManyAsASecondHas_passAtOnce_andThenAtThatRate_alsoWhenTheClockWraps() {
        assertThat(passing(10)).isEqualTo(10);
        for (int second = 0; second < 5; second++) {
            now += SECOND;
            assertThat(passing(10)).isEqualTo(10);
        }
        for (int i = 0; i < 100; i++) {
            now += SECOND / 10;
            assertThat(passing(1)).isEqualTo(1);
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void oneMore_isToldOnce_andNothingPassesAnyMore() {
        assertThat(passing(11)).isEqualTo(10);
        now += 100 * SECOND;

        assertThat(passing(50)).isZero();
        assertThat(told).hasValue(1);
        assertThat(channel.config().isAutoRead())
                .as("what it sends on stays with it")
                .isFalse();
    }

    @Test
    void pings_ofOneThatReadsNothing_areNotAnswered() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(8, 16));
        assertThat(passes(new PingWebSocketFrame())).isTrue();
        ByteBuf unread = Unpooled.buffer(100).writeZero(100);
        channel.unsafe().outboundBuffer().addMessage(unread, 100, channel.newPromise());

        assertThat(channel.isWritable()).isFalse();
        assertThat(passes(new PingWebSocketFrame())).isFalse();
        assertThat(passes(new TextWebSocketFrame("asks"))).isTrue();
        assertThat(told).hasValue(0);
    }
}
