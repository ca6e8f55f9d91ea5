package io.grouppulse.abuse;

import static io.grouppulse.abuse.Flood.ascii;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** All the ways, in sizes that are asked for. */
final class Abuses {
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /feed HTTP/1.1",
            "Host: a",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    private static final String POST = "POST /api/v1/events HTTP/1.1\r\nHost: a\r\n";
    private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final int TEXT = 0x81;
    private static final int FIRST_OF_MANY = 0x01;
    private static final int ONE_MORE = 0x00;
    private static final int PING = 0x89;
    private static final int FRAMES = 200;

    private Abuses() {}

    /**
     * @param idle connections that do nothing
     * @param slow connections that dribble
     * @param floods connections of each flood
     * @param bomb bytes that a packed body of each bomb unpacks to
     */
    record Sizes(int idle, int slow, int floods, long bomb) {}

    static List<Abuse> all(Sizes sizes) throws IOException {
        List<Abuse> all = new ArrayList<>(crowds(sizes));
        all.addAll(floodsOfRequests(sizes));
        all.addAll(floodsOfFrames(sizes));
        return all;
    }

    private static List<Abuse> crowds(Sizes sizes) throws IOException {
        int slow = sizes.slow;
        String length = "Content-Length: 1000000\r\n\r\n";
        return List.of(
                new Crowd(new Crowd.Plan("idle sockets", sizes.idle, "", "", 0, true, false)),
                new Crowd(new Crowd.Plan("idle WebSockets", sizes.idle, UPGRADE, "", 0, true, false)),
                new Crowd(new Crowd.Plan(
                        "dribbled heads", slow, "GET / HTTP/1.1\r\nHost: a\r\nX-A: ", "a", 1_000, true, false)),
                new Crowd(new Crowd.Plan("dribbled bodies", slow, POST + NDJSON + length, "{}\n", 1_000, true, false)),
                new Crowd(new Crowd.Plan(
                        "dribbled chunks",
                        slow,
                        POST + NDJSON + "Transfer-Encoding: chunked\r\n\r\n",
                        "1\r\na\r\n",
                        1_000,
                        true,
                        false)),
                new Crowd(new Crowd.Plan("half-closed after a head", slow, POST + NDJSON + length, "", 0, true, true)),
                new Crowd(new Crowd.Plan(
                        "half-closed after a request",
                        slow,
                        "GET /api/v1/orgs HTTP/1.1\r\nHost: a\r\n\r\n",
                        "",
                        0,
                        true,
                        true)),
                new Crowd(new Crowd.Plan(
                        "answers that nobody reads",
                        Math.max(1, slow / 10),
                        "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000),
                        "",
                        0,
                        false,
                        false)));
    }

    private static List<Abuse> floodsOfRequests(Sizes sizes) {
        byte[] header = ascii("X-A: " + "a".repeat(8_000) + "\r\n");
        byte[] letters = ascii("a".repeat(8_000));
        return List.of(
                flood(sizes, "endless headers", ascii("GET / HTTP/1.1\r\nHost: a\r\n"), () -> header, 10_000),
                flood(sizes, "endless addresses", ascii("GET /"), () -> letters, 10_000),
                bombs(sizes, "bombs of blank lines", '\n'),
                bombs(sizes, "bombs of one line", 'a'),
                bombs(sizes, "bombs of brackets", '['));
    }

    private static Abuse bombs(Sizes sizes, String name, char what) {
        return flood(sizes, name, bomb(sizes, what), () -> new byte[0], 0);
    }

    private static byte[] bomb(Sizes sizes, char what) {
        byte[] some = ascii(String.valueOf(what).repeat(1 << 16));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (long written = 0; written < sizes.bomb; written += some.length) {
                out.write(some);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return join(
                ascii(POST + (what == '[' ? "Content-Type: application/json\r\n" : NDJSON)
                        + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n"),
                packed.toByteArray());
    }

    private static List<Abuse> floodsOfFrames(Sizes sizes) {
        byte[] hello = ascii(UPGRADE);
        byte[] pings = times(frame(PING, new byte[100]));
        byte[] asks = times(frame(TEXT, ascii("{\"op\":\"ping\",\"n\":1}")));
        AtomicInteger group = new AtomicInteger();
        Supplier<byte[]> topics = () -> subscribe("group:g" + group.incrementAndGet());
        byte[] huge = ByteBuffer.allocate(14)
                .put((byte) TEXT)
                .put((byte) 0xFF)
                .putLong(1L << 40)
                .putInt(0)
                .array();
        byte[] begun = frame(FIRST_OF_MANY, ascii("{"));
        byte[] parts = times(frame(ONE_MORE, ascii("a".repeat(100))));
        byte[] empty = times(frame(ONE_MORE, new byte[0]));
        byte[] large = new byte[1 << 16];
        return List.of(
                flood(sizes, "pings", hello, () -> pings, ENDLESS),
                deaf(sizes, "pings whose pongs nobody reads", hello, () -> pings),
                flood(sizes, "questions", hello, () -> asks, ENDLESS),
                deaf(sizes, "questions whose answers nobody reads", hello, () -> asks),
                flood(sizes, "subscriptions", hello, topics, ENDLESS),
                deaf(sizes, "subscriptions whose answers nobody reads", hello, topics),
                flood(sizes, "frames of 1 TiB", join(hello, huge), () -> large, ENDLESS),
                flood(sizes, "messages without an end", join(hello, begun), () -> parts, ENDLESS),
                flood(sizes, "messages of empty parts", join(hello, begun), () -> empty, ENDLESS));
    }

    private static Abuse flood(Sizes sizes, String name, byte[] hello, Supplier<byte[]> more, int most) {
        return new Flood(new Flood.Plan(name, sizes.floods, Buffer.buffer(hello), more, most, true));
    }

    private static Abuse deaf(Sizes sizes, String name, byte[] hello, Supplier<byte[]> more) {
        return new Flood(new Flood.Plan(name, sizes.floods, Buffer.buffer(hello), more, ENDLESS, false));
    }

    private static byte[] subscribe(String topic) {
        return frame(TEXT, ascii("{\"op\":\"subscribe\",\"every\":50,\"topic\":\"" + topic + "\"}"));
    }

    /** RFC 6455: a client's frame is masked; a mask of zeros leaves the payload as it is. */
    private static byte[] frame(int first, byte[] payload) {
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) first)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private static byte[] times(byte[] frame) {
        ByteBuffer many = ByteBuffer.allocate(frame.length * FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            many.put(frame);
        }
        return many.array();
    }

    private static byte[] join(byte[] first, byte[] then) {
        return ByteBuffer.allocate(first.length + then.length)
                .put(first)
                .put(then)
                .array();
    }
}
