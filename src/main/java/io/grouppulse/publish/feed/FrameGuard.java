package io.grouppulse.publish.feed;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;

/**
 * Stands before whatever acts on the frames of a WebSocket client: so many of them a second, and as many at once. Pings are
 * answered below everything that counts what a client leaves unread, so one that reads no pongs gets none; RFC 6455
 * asks for a pong to the newest ping only. Belongs to the event loop of its connection.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final LongSupplier nanoTime;
    private final Runnable onTooMany;
    private long paidUntil;
    private boolean over;

    /**
     * @param perSecond frames a second, above 0
     * @param onTooMany is told once; later frames come to nobody
     */
    FrameGuard(int perSecond, LongSupplier nanoTime, Runnable onTooMany) {
        this.interval = SECOND / perSecond;
        this.nanoTime = nanoTime;
        this.onTooMany = onTooMany;
        this.paidUntil = nanoTime.getAsLong();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame)) {
            ctx.fireChannelRead(message);
        } else if (over || !mayPass()) {
            ReferenceCountUtil.release(message);
            if (!over) {
                over = true;
                ctx.channel().config().setAutoRead(false);
                onTooMany.run();
            }
        } else if (message instanceof PingWebSocketFrame && !ctx.channel().isWritable()) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** Each frame takes the client one interval further into the future, of which it has a second. */
    private boolean mayPass() {
        long now = nanoTime.getAsLong();
        long next = (paidUntil - now < 0 ? now : paidUntil) + interval;
        if (next - now > SECOND) {
            return false;
        }
        paidUntil = next;
        return true;
    }
}
