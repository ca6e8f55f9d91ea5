package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events that are none, each with the code by which every door rejects it. */
final class BadEvents {
    private static final int LONG = 1 << 20;

    private final long ts;
    private final List<Bad> all = new ArrayList<>();

    /** One of them; {@code group} is never to be heard of. */
    record Bad(String kind, Buffer event, String code) {
        byte[] bytes() {
            return event.getBytes();
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    private BadEvents(long ts) {
        this.ts = ts;
    }

    /** @param ts a time that is in order */
    static List<Bad> all(long ts) {
        BadEvents events = new BadEvents(ts);
        events.addMalformed();
        events.addTruncations();
        events.addWrongValues();
        events.addOthers();
        return List.copyOf(events.all);
    }

    private void addMalformed() {
        malformed("not JSON", "hello");
        malformed("deep nesting of arrays", with("x", "[".repeat(10_000) + "]".repeat(10_000)));
        malformed("deep nesting of objects", with("x", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)));
        malformed("a field twice", with("id", "\"a\",\"id\":\"b\""));
        malformed("a field twice, the same", with("amount", "1,\"amount\":1"));
        malformed("NaN", with("amount", "NaN"));
        malformed("Infinity", with("amount", "-Infinity"));
        malformed("an id of 1 MB", with("id", "\"" + "a".repeat(LONG) + "\""));
        bytes("invalid UTF-8", "\"a\u00e9b\"");
        bytes("an overlong form", "\"\u00c0\u0080\"");
        bytes("a surrogate", "\"\u00ed\u00a0\u0080\"");
        malformed("a raw NUL", with("member", "\"a\u0000b\""));
    }

    private void addTruncations() {
        byte[] whole = with("id", "\"秒😀\"").getBytes(UTF_8);
        for (int length = 1; length < whole.length; length++) {
            all.add(new Bad(
                    "truncated at byte " + length, Buffer.buffer(Arrays.copyOf(whole, length)), "malformed_json"));
        }
    }

    private void addWrongValues() {
        for (String field : List.of("id", "group", "member", "order")) {
            for (String value : List.of("5", "1.5", "true", "[\"a\"]", "{\"id\":\"a\"}")) {
                bad("wrong type: " + field + " " + value, field, value);
            }
            bad("empty: " + field, field, "\"\"");
            bad("long: " + field, field, "\"" + "a".repeat(129) + "\"");
            bad("lone surrogate: " + field, field, "\"a\\ud800\"");
            bad("escaped NUL: " + field, field, "\"a\\u0000b\"");
        }
        for (String value : List.of(
                "\"100\"",
                "[1]",
                "1e999",
                "1e400",
                "-1",
                "-9223372036854775808",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "1.000000000000000000000000000001",
                "0.30000000000000001",
                "12.5")) {
            bad("amount " + value, "amount", value);
        }
        for (String value : List.of("0", "-1", "2147483648", "9223372036854775808", "1e999", "\"2\"")) {
            bad("quantity " + value, "quantity", value);
        }
        for (String value :
                List.of("\"soon\"", "true", "-1", "9223372036854775808", "1e999", "\"2026-02-30T00:00:00Z\"")) {
            bad("ts " + value, "ts", value);
        }
    }

    private void addOthers() {
        add("unknown type", with("type", "\"order.payed\""), "unknown_type");
        add("no id", with("id", "null"), "missing_field");
        add("no member", with("member", "null"), "missing_field");
        add("time 0", with("ts", "0"), "too_old");
        add("year 9999", with("ts", "253402300799999"), "too_early");
        add("a day ahead", with("ts", String.valueOf(ts + 86_400_000L)), "too_early");
        add("7 days late", with("ts", String.valueOf(ts - 7 * 86_400_000L)), "too_old");
    }

    private void add(String kind, String json, String code) {
        all.add(new Bad(kind, Buffer.buffer(json), code));
    }

    /** The characters of the value stand for bytes. */
    private void bytes(String kind, String value) {
        all.add(new Bad(kind, Buffer.buffer(with("member", value).getBytes(ISO_8859_1)), "malformed_json"));
    }

    private void malformed(String kind, String json) {
        add(kind, json, "malformed_json");
    }

    private void bad(String kind, String field, String value) {
        add(kind, with(field, value), "bad_field");
    }

    /** A paid order with one field changed. */
    private String with(String field, String value) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "\"bad\"");
        fields.put("type", "\"order.paid\"");
        fields.put("ts", String.valueOf(ts));
        fields.put("group", "\"bad\"");
        fields.put("member", "\"bad\"");
        fields.put("order", "\"bad\"");
        fields.put("amount", "100");
        fields.put(field, value);
        StringBuilder json = new StringBuilder();
        fields.forEach((name, text) -> json.append(json.length() == 0 ? '{' : ',')
                .append('"')
                .append(name)
                .append("\":")
                .append(text));
        return json.append('}').toString();
    }
}
