package io.grouppulse.abuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Many connections on one thread that say something first, then dribble, and read or do not. */
final class Crowd implements Abuse {
    private static final int PICK_MILLIS = 50;
    private static final int STATUS_LENGTH = 12;
    private static final int LITTLE = 4 * 1024;

    /**
     * @param size how many
     * @param hello sent at once
     * @param dribble a text of which each connection sends one octet now and again; empty to send nothing more
     * @param everyMillis how often
     * @param reads whether it reads what comes
     * @param halfCloses whether it shuts its own direction after the hello
     */
    record Plan(
            String name, int size, String hello, String dribble, int everyMillis, boolean reads, boolean halfCloses) {}

    /** One connection; belongs to the thread of the crowd. */
    private static final class Seat {
        private final ByteBuffer head = ByteBuffer.allocate(STATUS_LENGTH);
    }

    private final Plan plan;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "crowd");
    private volatile boolean over;
    private volatile int port;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile long began;
    private volatile long lastClosed;

    Crowd(Plan plan) throws IOException {
        this.plan = plan;
        this.selector = Selector.open();
    }

    @Override
    public String name() {
        return plan.name;
    }

    @Override
    public void begin(int on) {
        port = on;
        began = System.nanoTime();
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all have tried to connect, and none is left open. */
    boolean isTurnedOut() {
        return opened.get() + refused.get() == plan.size && left.get() == opened.get();
    }

    private void run() {
        int dribbled = 0;
        long next = System.nanoTime();
        try {
            while (!over) {
                connectSome();
                selector.select(key -> read(key), PICK_MILLIS);
                if (!plan.dribble.isEmpty() && System.nanoTime() > next) {
                    next = System.nanoTime() + plan.everyMillis * 1_000_000L;
                    byte octet = (byte) plan.dribble.charAt(dribbled++ % plan.dribble.length());
                    selector.keys().stream().filter(SelectionKey::isValid).forEach(key -> dribble(key, octet));
                }
            }
        } catch (IOException e) {
            answer("failed: " + e.getMessage());
        }
        selector.keys().forEach(Crowd::hangUp);
    }

    private void connectSome() throws IOException {
        for (int i = 0; i < 500 && !over && opened.get() + refused.get() < plan.size; i++) {
            SocketChannel channel = SocketChannel.open();
            try {
                if (!plan.reads) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, LITTLE);
                }
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                channel.write(ByteBuffer.wrap(plan.hello.getBytes(StandardCharsets.US_ASCII)));
                if (plan.halfCloses) {
                    channel.shutdownOutput();
                }
                channel.register(selector, plan.reads ? SelectionKey.OP_READ : 0, new Seat());
                opened.incrementAndGet();
            } catch (IOException e) {
                channel.close();
                refused.incrementAndGet();
            }
        }
    }

    private void read(SelectionKey key) {
        Seat seat = (Seat) key.attachment();
        buffer.clear();
        int length;
        try {
            length = ((SocketChannel) key.channel()).read(buffer);
        } catch (IOException reset) {
            length = -1;
        }
        if (length < 0) {
            gone(key);
            return;
        }
        buffer.flip();
        boolean wasEmpty = seat.head.hasRemaining();
        while (seat.head.hasRemaining() && buffer.hasRemaining()) {
            seat.head.put(buffer.get());
        }
        if (wasEmpty && !seat.head.hasRemaining()) {
            answer("HTTP " + new String(seat.head.array(), 9, 3, StandardCharsets.US_ASCII));
        }
    }

    private void dribble(SelectionKey key, byte octet) {
        try {
            ((SocketChannel) key.channel()).write(ByteBuffer.wrap(new byte[] {octet}));
        } catch (IOException closed) {
            gone(key);
        }
    }

    private void gone(SelectionKey key) {
        hangUp(key);
        left.incrementAndGet();
        lastClosed = System.nanoTime();
    }

    private static void hangUp(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void answer(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    @Override
    public synchronized String outcome() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%,d connected, %,d closed by the server", opened.get(), left.get()));
        if (left.get() > 0) {
            text.append(String.format(Locale.ROOT, ", the last after %d s", (lastClosed - began) / 1_000_000_000));
        }
        if (refused.get() > 0) {
            text.append(String.format(Locale.ROOT, ", %,d refused", refused.get()));
        }
        answers.forEach((what, times) -> text.append(String.format(Locale.ROOT, "; %s × %,d", what, times)));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
