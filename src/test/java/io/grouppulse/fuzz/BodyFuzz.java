package io.grouppulse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.decode.EventDecoder;
import io.grouppulse.ingest.decode.EventDecoder.Shape;
import io.grouppulse.ingest.decode.JsonSplitter;
import io.grouppulse.ingest.decode.LineSplitter;
import io.grouppulse.ingest.decode.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Bodies of events as they come over HTTP, once whole and once in chunks, as JSON and as lines: both ways of cutting must
 * read the same.
 */
final class BodyFuzz implements ParserFuzz {
    private static final String EVENT = "{\"id\":\"e1\",\"type\":\"order.paid\",\"ts\":1790000000000,\"group\":\"g1\","
            + "\"member\":\"m1\",\"order\":\"o1\",\"amount\":1990,\"quantity\":2,\"item\":\"i\",\"share\":\"s\","
            + "\"channel\":\"sms\",\"campaign\":\"c\",\"role\":\"customer\",\"x\":[{\"y\":null},1e9,true]}";
    private static final String TALK =
            "{\"id\":\"e\\u00e9\",\"type\":\"message.sent\",\"ts\":\"2026-11-11T20:00:00.123+08:00\","
                    + "\"group\":\"群\",\"member\":\"😀\"}";
    private static final String CHAIN = "{\"id\":\"e3\",\"type\":\"chain.posted\",\"ts\":1790000000001,\"group\":\"g\","
            + "\"member\":\"m\",\"text\":\"#接龙\\n1. 张三 2份\\n2. 李四\"}";
    private static final String CLOUD =
            "{\"specversion\":\"1.0\",\"id\":\"c1\",\"source\":\"/shop\",\"type\":\"order.paid\","
                    + "\"time\":\"2026-11-11T12:00:00Z\",\"datacontenttype\":\"application/json\",\"data\":" + EVENT
                    + "}";

    static final BodyFuzz EVENTS = new BodyFuzz(
            Shape.PLAIN, EVENT, EVENT + "\r\n" + TALK + "\n" + CHAIN, "[" + EVENT + ", " + TALK + "]", "\uFEFF" + TALK);
    static final BodyFuzz CLOUD_EVENTS = new BodyFuzz(Shape.CLOUD_EVENT, CLOUD, "[" + CLOUD + "," + CLOUD + "]");

    private final Shape shape;
    private final List<byte[]> seeds;

    private BodyFuzz(Shape shape, String... seeds) {
        this.shape = shape;
        this.seeds = List.of(seeds).stream().map(seed -> seed.getBytes(UTF_8)).toList();
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public void feed(byte[] input) {
        requireSame(input, JsonSplitter::new);
        requireSame(input, LineSplitter::new);
    }

    private void requireSame(byte[] input, Function<Splitter.Pieces, Splitter> kind) {
        int chunk = input.length == 0 ? 1 : 1 + (input[input.length - 1] & 0x1F);
        List<String> whole = read(input, kind, Math.max(1, input.length));
        List<String> cut = read(input, kind, chunk);
        if (!whole.equals(cut)) {
            throw new AssertionError("cut in chunks of " + chunk + " it reads " + cut + ", whole " + whole);
        }
    }

    private List<String> read(byte[] input, Function<Splitter.Pieces, Splitter> kind, int chunk) {
        List<String> read = new ArrayList<>();
        EventDecoder decoder = new EventDecoder();
        Splitter splitter = kind.apply(new Splitter.Pieces() {
            @Override
            public void piece(byte[] bytes, int from, int to) {
                GroupEvent event = decoder.decode(bytes, from, to, shape, "api");
                read.add(event == null ? decoder.rejection().toString() : event.toString());
            }

            @Override
            public void refused(String detail, byte[] bytes, int from, int to) {
                read.add(detail);
            }
        });
        for (int at = 0; at < input.length; at += chunk) {
            splitter.feed(input, at, Math.min(input.length, at + chunk));
        }
        splitter.end();
        return read;
    }
}
