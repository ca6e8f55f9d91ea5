package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client. A server's text frame is not masked, so its bytes are the same for everybody: frames are written
 * to Netty directly, header and shared payload, with one flush for all that are due at a moment.
 */
final class WebSocketConnection implements FeedConnection {
    private static final int TEXT_FINAL = 0x81;
    private static final long GOODBYE_SECONDS = 2;

    private final ServerWebSocket socket;
    private final ChannelHandlerContext netty;

    WebSocketConnection(ServerWebSocket socket) {
        this.socket = socket;
        this.netty = ((WebSocketInternal) socket).channelHandlerContext();
    }

    @Override
    public void send(List<Frame> frames) {
        if (netty.executor().inEventLoop()) {
            write(frames);
        } else {
            netty.executor().execute(() -> write(frames));
        }
    }

    private void write(List<Frame> frames) {
        if (socket.isClosed()) {
            return;
        }
        for (Frame frame : frames) {
            ChannelFuture unused =
                    netty.write(Unpooled.wrappedBuffer(header(frame.length()), frame.bytes()), netty.voidPromise());
        }
        netty.flush();
    }

    /** RFC 6455, section 5.2: final text frame, unmasked, with the shortest length form. */
    private static ByteBuf header(int length) {
        ByteBuf header = Unpooled.buffer(10);
        header.writeByte(TEXT_FINAL);
        if (length < 126) {
            header.writeByte(length);
        } else if (length < 65_536) {
            header.writeByte(126).writeShort(length);
        } else {
            header.writeByte(127).writeLong(length);
        }
        return header;
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
