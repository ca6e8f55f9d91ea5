package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Events that come as names and values, all of them bytes without a type, as the JSON that {@link EventDecoder} reads.
 * Nothing is judged here: what cannot be an event is for the decoder to refuse.
 */
public final class FlatEvent {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
    private static final int MOST_DIGITS = 20;

    private FlatEvent() {}

    /**
     * One JSON object. An empty value says that the field is not there; whole numbers are numbers where the event's field
     * is one.
     *
     * @param fields names and values, by turns
     */
    public static byte[] toJson(List<byte[]> fields) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('{');
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] value = fields.get(i + 1);
            if (value.length > 0) {
                if (json.size() > 1) {
                    json.write(',');
                }
                string(fields.get(i), json);
                json.write(':');
                value(fields.get(i), value, json);
            }
        }
        json.write('}');
        return json.toByteArray();
    }

    private static void value(byte[] name, byte[] value, ByteArrayOutputStream json) {
        Field field = Field.ofWireName(new String(name, UTF_8));
        if (field != null && field.isNumber() && isWholeNumber(value)) {
            json.writeBytes(value);
        } else {
            string(value, json);
        }
    }

    private static boolean isWholeNumber(byte[] value) {
        return value.length <= MOST_DIGITS
                && WHOLE_NUMBER.matcher(new String(value, ISO_8859_1)).matches();
    }

    /** Bytes stay as they are, so that the decoder sees whether they are UTF-8. */
    private static void string(byte[] bytes, ByteArrayOutputStream json) {
        json.write('"');
        for (byte b : bytes) {
            if (b == '"' || b == '\\') {
                json.write('\\');
                json.write(b);
            } else if (b >= 0 && b < ' ') {
                json.writeBytes(String.format("\\u%04x", b).getBytes(ISO_8859_1));
            } else {
                json.write(b);
            }
        }
        json.write('"');
    }
}
