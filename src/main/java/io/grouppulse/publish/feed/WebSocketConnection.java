package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client. Frames are written to Netty directly, as they are shared by everybody, all that are due at a moment
 * as one buffer with one flush.
 */
final class WebSocketConnection implements FeedConnection {
    private static final long GOODBYE_SECONDS = 2;

    private final ServerWebSocket socket;
    private final ChannelHandlerContext netty;

    WebSocketConnection(ServerWebSocket socket) {
        this.socket = socket;
        this.netty = ((WebSocketInternal) socket).channelHandlerContext();
    }

    /** From here on frames pass the guard first; to be called on the event loop of the connection. */
    void guard(FrameGuard guard) {
        netty.pipeline().addBefore(netty.name(), FrameGuard.class.getName(), guard);
    }

    @Override
    public void send(Bundle bundle, LoopWrites writes) {
        writes.add(netty.executor(), this::write, bundle.webSocketFrames());
    }

    /** On the event loop of the connection; the bytes are released when they are sent, or cannot be. */
    private void write(ByteBuf bytes) {
        if (socket.isClosed()) {
            bytes.release();
        } else {
            ChannelFuture unused = netty.writeAndFlush(bytes, netty.voidPromise());
        }
    }

    @Override
    public boolean isWritable() {
        return netty.channel().isWritable();
    }

    @Override
    public long unreadBytes() {
        Channel channel = netty.channel();
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** A client that reads nothing would never see a close frame behind what it has not read: it is cut off in the end. */
    @Override
    public void close(int code, String reason) {
        socket.close((short) code, reason);
        ScheduledFuture<?> unused = netty.executor().schedule(this::cutOff, GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    /** From the first handler on, since Vert.x would first send what it has, which this client does not take. */
    private void cutOff() {
        ChannelHandlerContext first = netty.pipeline().firstContext();
        if (first != null) {
            ChannelFuture unused = first.close();
        }
    }
}
