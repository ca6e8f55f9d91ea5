package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due to many clients is in memory once, in order, and is freed when the last of them has it. */
final class BundleTest {
    private final Frame one = Frame.of("", new JsonObject().put("n", 1));
    private final Frame other = Frame.of("", new JsonObject().put("text", "x".repeat(300)));

    @Test
    void theBytesOfABundleAreThoseOfItsFramesInOrder() {
        Bundle bundle = new Bundle(List.of(one, other));
        ByteBuf expected = Unpooled.buffer();
        one.writeTo(expected);
        other.writeTo(expected);

        ByteBuf bytes = bundle.webSocketFrames();

        assertThat(ByteBufUtil.getBytes(bytes)).isEqualTo(ByteBufUtil.getBytes(expected));
        assertThat(bytes.readableBytes()).isEqualTo(one.length() + other.length());
        bytes.release();
        bundle.release();
    }

    @Test
    void allWhoGetItShareItsMemoryAndTheLastOneFreesIt() {
        Bundle bundle = new Bundle(List.of(one));
        ByteBuf first = bundle.webSocketFrames();
        ByteBuf second = bundle.webSocketFrames();
        assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());

        bundle.release();
        first.release();
        assertThat(second.isReadable()).isTrue();
        second.release();

        assertThat(second.refCnt()).isZero();
    }
}
