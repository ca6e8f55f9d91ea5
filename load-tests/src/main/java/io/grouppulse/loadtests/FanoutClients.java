package io.grouppulse.loadtests;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many WebSocket clients on one thread, as cheap as can be: they count the texts they get and throw them away. */
final class FanoutClients implements AutoCloseable {
    /** What is shorter is a greeting or a sign of life. */
    private static final int SHORTEST_UPDATE = 100;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private final AtomicLong texts = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread reader = new Thread(this::read, "clients");
    private volatile boolean over;
    private volatile IOException failure;

    private FanoutClients() throws IOException {}

    /** Where a client stands in a frame: what is left of its payload, and the header if it came in two pieces. */
    private static final class Place {
        private long left;
        private final ByteBuffer head = ByteBuffer.allocate(10);
    }

    /** Connects so many clients, each of which then says these texts. */
    static FanoutClients connect(int port, String path, String protocol, int count, List<String> hello)
            throws IOException {
        FanoutClients clients = new FanoutClients();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            write(channel, ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            skipHead(channel);
            for (String text : hello) {
                write(channel, masked(text));
            }
            channel.configureBlocking(false);
            channel.register(clients.selector, SelectionKey.OP_READ, new Place());
            clients.channels.add(channel);
        }
        clients.reader.setDaemon(true);
        clients.reader.start();
        return clients;
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        for (ByteBuffer out = ByteBuffer.wrap(bytes); out.hasRemaining(); ) {
            channel.write(out);
        }
    }

    private static void skipHead(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("refused: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
    }

    /** RFC 6455: a client's frame is masked; a mask of zeros leaves the text as it is. */
    private static byte[] masked(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 125) {
            throw new IllegalArgumentException("too long: " + text);
        }
        byte[] frame = new byte[6 + utf8.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | utf8.length);
        System.arraycopy(utf8, 0, frame, 6, utf8.length);
        return frame;
    }

    private void read() {
        try {
            while (!over) {
                selector.select(key -> take(key), 100);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void take(SelectionKey key) {
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
                failure = new IOException("the server closed a connection");
                return;
            }
            buffer.flip();
            count((Place) key.attachment());
        } catch (IOException e) {
            key.cancel();
            failure = e;
        }
    }

    private void count(Place place) {
        while (buffer.hasRemaining()) {
            if (place.left > 0) {
                int skipped = (int) Math.min(place.left, buffer.remaining());
                buffer.position(buffer.position() + skipped);
                place.left -= skipped;
                continue;
            }
            place.head.put(buffer.get());
            if (place.head.position() == headLength(place.head)) {
                place.left = payload(place.head);
                if ((place.head.get(0) & 0x0F) == 1 && place.left >= SHORTEST_UPDATE) {
                    texts.incrementAndGet();
                    bytes.addAndGet(place.left);
                }
                place.head.clear();
            }
        }
    }

    private static int headLength(ByteBuffer head) {
        int length = head.position() < 2 ? 0 : head.get(1) & 0x7F;
        return length == 127 ? 10 : length == 126 ? 4 : 2;
    }

    private static long payload(ByteBuffer head) {
        int length = head.get(1) & 0x7F;
        return length == 127 ? head.getLong(2) : length == 126 ? head.getShort(2) & 0xFFFF : length;
    }

    /** Updates received so far by all clients; fails if one of them lost its connection. */
    long texts() throws IOException {
        if (failure != null && !over) {
            throw failure;
        }
        return texts.get();
    }

    /** Bytes of those updates. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        over = true;
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
