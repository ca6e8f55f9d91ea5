package io.grouppulse.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.decode.EventDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Kinds of wrong events, each in many random variants; every line is to be rejected with the kind's code. */
final class BadBodies {
    /**
     * One wrong line.
     *
     * @param field the field that is named; empty when none is
     */
    record BadLine(String kind, Buffer line, String code, String field) {
        byte[] bytes() {
            return line.getBytes();
        }
    }

    private static final String TS = String.valueOf(FakeIntake.T);
    private static final String[] IDS = {
        "id", "group", "member", "source", "order", "item", "share", "channel", "campaign"
    };

    private final Random random;
    private final Map<String, Function<String, BadLine>> kinds = new LinkedHashMap<>();

    BadBodies(long seed) {
        random = new Random(seed);
        addMalformed();
        addMalformedBytes();
        addBadFields();
        addBadNumbers();
        addOthers();
    }

    List<BadLine> all(int variants) {
        List<BadLine> lines = new ArrayList<>();
        kinds.forEach((kind, make) -> {
            for (int i = 0; i < variants; i++) {
                lines.add(make.apply(kind));
            }
        });
        return lines;
    }

    int kinds() {
        return kinds.size();
    }

    private void addMalformed() {
        malformed("cut off", () -> cut(order()));
        malformed(
                "trailing garbage", () -> order() + any("x", "}", "]", ",", " {}", "nul", "0", "\"", " //c", order()));
        malformed("leading garbage", () -> any("x", "}", "]", ",", "\"\"", "0", "/**/", "'", "\\") + order());
        malformed("no object", () -> any("5", "\"text\"", "null", "true", "[]", "[" + order() + "]", "-", "1e9", "''"));
        malformed("twice the same key", () -> {
            String field = any(IDS);
            return with(field, any("\"a\"", "null", "5"))
                    .replace("}", ",\"" + field + "\":" + any("\"a\"", "null") + "}");
        });
        malformed("deep nesting", () -> {
            int depth = 64 + random.nextInt(2_000);
            return with("x", "[".repeat(depth) + "]".repeat(depth));
        });
        malformed("deep objects", () -> {
            int depth = 64 + random.nextInt(2_000);
            return with("x", "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        });
        malformed(
                "no JSON number",
                () -> with(
                        any("ts", "amount", "x"),
                        any(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "0x1F",
                                "01",
                                "+1",
                                "1.",
                                ".5",
                                "1e",
                                "--1",
                                "1_000",
                                "1,5",
                                "٣")));
        malformed("no JSON literal", () -> with("x", any("tru", "True", "nil", "undefined", "NULL", "None", "yes")));
        malformed(
                "no JSON syntax",
                () -> any(
                        order().replace('"', '\''),
                        order().replace("}", ",}"),
                        order().replace(":", "="),
                        order().replace("\"id\"", "id"),
                        order().replace(",", ";"),
                        order().replace("{", "{,"),
                        order().replace("\":", "\""),
                        order().replace(",\"", "\"")));
        malformed("bad escape", () -> with("x", "\"" + any("\\x41", "\\u12", "\\u00G0", "\\'", "\\0", "\\ ") + "\""));
        malformed("open string", () -> any(order().replace("\"}", "}"), with("x", "\"abc"), with("x", "\"a\\\"")));
        malformed("unclosed nesting", () -> with("x", any("[", "{", "[1", "{\"a\":1", "[[]", "{]", "[}", "[1}")));
    }

    private void addMalformedBytes() {
        bytes("NUL byte", () -> insert(order(), 0));
        bytes("control byte in a string", () -> {
            int control = 1 + random.nextInt(31);
            byte[] line = with("x", "\"a?b\"").getBytes(UTF_8);
            line[line.length - 4] = (byte) (control == '\n' ? 1 : control);
            return line;
        });
        bytes(
                "broken UTF-8",
                () -> spliced(any(
                        "\u00C0\u0080",
                        "\u00C1\u00BF",
                        "\u00ED\u00A0\u0080",
                        "\u00E0\u0080\u0080",
                        "\u00F0\u0080\u0080\u0080",
                        "\u00F5\u0080\u0080\u0080",
                        "\u00FF",
                        "\u0080",
                        "\u00C3",
                        "\u00E4\u00B8",
                        "\u00F4\u0090\u0080\u0080")));
        bytes("other charset", () -> spliced(any("\u00B2\u00DD\u00DD\u00AE", "caf\u00E9", "\u00A4\u00A2\u00A4")));
        bytes("UTF-16", () -> order().getBytes(UTF_16LE));
        bytes("byte order mark in the middle", () -> ("\uFEFF" + order()).getBytes(UTF_8));
        bytes("noise", () -> {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = noise[i] == '\n' || noise[i] == ' ' ? 1 : noise[i];
            }
            noise[0] = (byte) (0x80 | noise[0]);
            return noise;
        });
        bytes(
                "huge line",
                () -> with("x", "\"" + "y".repeat(EventDecoder.MAX_BYTES + random.nextInt(200_000)) + "\"")
                        .getBytes(UTF_8));
    }

    private void addBadFields() {
        field("empty id", () -> any(IDS), f -> "\"\"");
        field(
                "no string",
                () -> any(IDS),
                f -> any("5", "0", "-1.5", "true", "false", "{}", "[]", "[\"a\"]", "{\"id\":\"a\"}"));
        field("too long", () -> any(IDS), f -> "\"" + any("a", "群", "😀").repeat(129 + random.nextInt(1_000)) + "\"");
        field(
                "escaped control",
                () -> any(IDS),
                f -> "\"a" + any("\\u0000", "\\n", "\\t", "\\u001f", "\\u007f", "\\u0085") + "\"");
        field(
                "lone surrogate",
                () -> any(IDS),
                f -> "\"" + any("\\ud800", "\\udfff", "\\udc00\\ud800", "\\ud83dx", "x\\uDBFF") + "\"");
        field("no role", () -> "role", f -> any("\"owner\"", "\"Customer\"", "\"\"", "1", "0", "[\"staff\"]", "true"));
        field("type of no string", () -> "type", f -> any("5", "{}", "[]", "true", "1.5"));
        field(
                "no time",
                () -> "ts",
                f -> any(
                        "\"\"",
                        "\"now\"",
                        "\"" + TS + "\"",
                        "\"2026-08-22\"",
                        "\"2026-08-22T20:14:00\"",
                        "\"2026-02-30T00:00:00Z\"",
                        "true",
                        "{}",
                        "[1]",
                        TS + ".0",
                        TS + ".5",
                        "1.7e12",
                        "-1",
                        "253402300800000",
                        "9223372036854775808",
                        "\"1969-12-31T23:59:59Z\"",
                        "\"2026-08-22T25:00:00Z\""));
    }

    private void addBadNumbers() {
        field(
                "no amount",
                () -> "amount",
                f -> any(
                        "\"12\"",
                        "12.5",
                        "1e3",
                        "1E2",
                        "12.0",
                        "true",
                        "{}",
                        "[]",
                        "\"\"",
                        "-1",
                        "-" + (1 + random.nextInt(99)),
                        "1e400",
                        "-0.0"));
        field(
                "huge amount",
                () -> "amount",
                f -> any(
                        "9223372036854775808",
                        "9223372036854775807",
                        "-9223372036854775809",
                        "10000000000000001",
                        "18446744073709551616",
                        "1" + "0".repeat(17 + random.nextInt(3_000))));
        field(
                "no quantity",
                () -> "quantity",
                f -> any("0", "-1", "1.5", "\"1\"", "2147483648", "9223372036854775808", "true", "[]", "1e1"));
    }

    private void addOthers() {
        add(
                "unknown type",
                "unknown_type",
                "type",
                () -> with(
                        "type",
                        "\""
                                + any(
                                        "order.payed",
                                        "Order.Paid",
                                        "",
                                        "x".repeat(random.nextInt(9_000)),
                                        "message",
                                        "\\ud800",
                                        "a\\u0000b",
                                        "草莓")
                                + "\""));
        add(
                "far future",
                "too_early",
                "ts",
                () -> with(
                        "ts",
                        any(
                                String.valueOf(FakeIntake.T + 60_001 + random.nextInt(1_000_000)),
                                "253402300799999",
                                "\"9999-12-31T23:59:59Z\"")));
        add(
                "far past",
                "too_old",
                "ts",
                () -> with(
                        "ts",
                        any(
                                "0",
                                String.valueOf(FakeIntake.T - 48 * 3_600_000L - 1 - random.nextInt(1_000_000)),
                                "\"1970-01-01T00:00:00Z\"")));
        for (String field : new String[] {"id", "type", "ts", "member", "order"}) {
            add(
                    "no " + field,
                    "missing_field",
                    field,
                    () -> random.nextBoolean() ? without(field) : with(field, "null"));
        }
        add("refund without amount", "missing_field", "amount", () -> with("type", "\"order.refunded\""));
        add("revocation of nothing", "missing_field", "target", () -> groupEvent("message.revoked", ""));
        add("chain without text", "missing_field", "text", () -> groupEvent("chain.posted", ",\"text\":null"));
        add(
                "leave for no reason",
                "bad_field",
                "reason",
                () -> groupEvent("member.left", ",\"reason\":" + any("\"\"", "\"kicked\"", "5", "{}", "\"SELF\"")));
        add(
                "message to nobody",
                "missing_field",
                "group",
                () -> without("group").replace("order.paid", "message.sent"));
    }

    private interface Line {
        String make();
    }

    private interface Bytes {
        byte[] make();
    }

    private void add(String kind, String code, String field, Line line) {
        kinds.put(kind, k -> new BadLine(k, Buffer.buffer(line.make()), code, field));
    }

    private void malformed(String kind, Line line) {
        add(kind, "malformed_json", "", line);
    }

    private void bytes(String kind, Bytes bytes) {
        kinds.put(kind, k -> new BadLine(k, Buffer.buffer(bytes.make()), "malformed_json", ""));
    }

    private void field(String kind, Line field, Function<String, String> value) {
        kinds.put(kind, k -> {
            String name = field.make();
            return new BadLine(k, Buffer.buffer(with(name, value.apply(name))), "bad_field", name);
        });
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String cut(String line) {
        return line.substring(0, 1 + random.nextInt(line.length() - 1));
    }

    private byte[] insert(String line, int b) {
        byte[] bytes = line.getBytes(UTF_8);
        int at = random.nextInt(bytes.length + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.write(b);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /** The characters of {@code latin} stand for bytes, inside of a string. */
    private byte[] spliced(String latin) {
        return with(any(any(IDS), "x"), "\"a" + latin + "b\"").getBytes(ISO_8859_1);
    }

    private String order() {
        return with("id", "\"e" + random.nextInt(1_000) + "\"");
    }

    private String groupEvent(String type, String more) {
        return "{\"id\":\"e\",\"type\":\"" + type + "\",\"ts\":" + TS + ",\"group\":\"g\",\"member\":\"m\"" + more
                + "}";
    }

    private String with(String field, String value) {
        String rest = without(field);
        return rest.substring(0, rest.length() - 1) + ",\"" + field + "\":" + value + "}";
    }

    private String without(String field) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "\"e1\"");
        fields.put("type", "\"order.paid\"");
        fields.put("ts", TS);
        fields.put("group", "\"g1\"");
        fields.put("member", "\"m1\"");
        fields.put("order", "\"o1\"");
        fields.remove(field);
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }
}
