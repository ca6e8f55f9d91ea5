package io.grouppulse.abuse;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A few connections that send as fast as they can, and begin anew when the server has had enough. */
final class Flood implements Abuse {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LITTLE = 4 * 1024;
    private static final int CLOSE = 8;

    /**
     * @param threads connections at a time
     * @param hello sent first on each
     * @param more sent again and again, at most {@code most} times
     * @param reads whether it reads what comes
     */
    record Plan(String name, int threads, Buffer hello, Supplier<byte[]> more, int most, boolean reads) {}

    private final Plan plan;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean over;

    Flood(Plan plan) {
        this.plan = plan;
    }

    @Override
    public String name() {
        return plan.name;
    }

    @Override
    public void begin(int port) {
        for (int i = 0; i < plan.threads; i++) {
            start("flood-" + i, () -> {
                while (!over) {
                    once(port);
                }
            });
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void once(int port) {
        try (Socket socket = new Socket()) {
            sockets.add(socket);
            if (!plan.reads) {
                socket.setReceiveBufferSize(LITTLE);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            connections.incrementAndGet();
            Thread reader = plan.reads ? start("flood-reader", () -> answer(read(socket))) : null;
            boolean broken = write(socket);
            if (reader != null) {
                reader.join(PATIENCE_MILLIS);
            } else if (broken) {
                answer("closed");
            }
            sockets.remove(socket);
        } catch (IOException e) {
            answer("no connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the server would not take it all. */
    private boolean write(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(plan.hello.getBytes());
            sent.addAndGet(plan.hello.length());
            for (int i = 0; i < plan.most && !over; i++) {
                byte[] more = plan.more.get();
                out.write(more);
                sent.addAndGet(more.length);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** What the server said in the end. */
    private static String read(Socket socket) {
        String said = "";
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            String head = head(in);
            said = "HTTP " + head.substring(9, 12);
            if (!said.endsWith("101")) {
                return said;
            }
            said = "WebSocket";
            for (long frames = 0; frames >= 0; frames++) {
                int first = in.readUnsignedByte();
                byte[] payload = payload(in);
                if ((first & 0x0F) == CLOSE) {
                    return "closed with "
                            + (payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)));
                }
            }
            return said;
        } catch (EOFException e) {
            return said.isEmpty() ? "closed without a word" : said + ", closed without a word";
        } catch (IOException e) {
            return said.isEmpty() ? "reset" : said + ", reset";
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        long length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return in.readNBytes((int) length);
    }

    private synchronized void answer(String what) {
        if (!over) {
            answers.merge(what, 1, Integer::sum);
        }
    }

    @Override
    public synchronized String outcome() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%,d connections, %,d MB sent", connections.get(), sent.get() / 1_000_000));
        answers.forEach((what, times) -> text.append(String.format(Locale.ROOT, "; %s × %,d", what, times)));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        over = true;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
