package io.grouppulse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.decode.EventDecoder;
import io.grouppulse.ingest.decode.FlatEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries of a Redis stream in flat fields; 0xFF stands between names and values. */
final class FlatFuzz implements ParserFuzz {
    private static final byte BETWEEN = (byte) 0xFF;
    private final EventDecoder decoder = new EventDecoder();

    @Override
    public List<byte[]> seeds() {
        return List.of(
                entry(
                        "id",
                        "e1",
                        "type",
                        "order.paid",
                        "ts",
                        "1790000000000",
                        "group",
                        "g1",
                        "member",
                        "m1",
                        "order",
                        "o"),
                entry(
                        "id",
                        "e\"\\2",
                        "type",
                        "message.sent",
                        "ts",
                        "2026-11-11T20:00:00Z",
                        "group",
                        "群",
                        "member",
                        "m",
                        "",
                        ""));
    }

    @Override
    public void feed(byte[] input) {
        byte[] json = FlatEvent.toJson(fields(input));
        boolean read = decoder.decode(json, 0, json.length, EventDecoder.Shape.PLAIN, "stream") != null;
        if (!read && decoder.rejection().code().name().isEmpty()) {
            throw new AssertionError("refused without a reason");
        }
    }

    private static List<byte[]> fields(byte[] input) {
        List<byte[]> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == BETWEEN) {
                fields.add(Arrays.copyOfRange(input, from, i));
                from = i + 1;
            }
        }
        return fields;
    }

    private static byte[] entry(String... fields) {
        List<byte[]> parts =
                Arrays.stream(fields).map(field -> field.getBytes(UTF_8)).toList();
        byte[] entry = new byte[parts.stream().mapToInt(part -> part.length + 1).sum() - 1];
        Arrays.fill(entry, BETWEEN);
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, entry, at, part.length);
            at += part.length + 1;
        }
        return entry;
    }
}
