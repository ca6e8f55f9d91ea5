package io.grouppulse.eventlog;

import java.nio.charset.StandardCharsets;

/** Bytes that values are decoded from; whatever does not fit is a {@link LogDamagedException}. */
final class ByteSource {
    private final byte[] bytes;
    private int at;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than ten bytes");
    }

    int int32() {
        long value = varint();
        if (value != (int) value) {
            throw damaged("the number " + value + " where a small one is expected");
        }
        return (int) value;
    }

    long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    int signed32() {
        long value = signed();
        if (value != (int) value) {
            throw damaged("the number " + value + " where a small one is expected");
        }
        return (int) value;
    }

    long fixed64() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[at++] & 0xFF);
        }
        return value;
    }

    /** How many things follow, each of at least one byte. */
    int count() {
        int count = int32();
        need(count);
        return count;
    }

    String text() {
        int tag = int32();
        int length = tag >>> 1;
        need(length);
        return (tag & 1) == 0 ? utf8(length) : wide(length);
    }

    void requireEnd() {
        if (at != bytes.length) {
            throw damaged((bytes.length - at) + " bytes too many");
        }
    }

    LogDamagedException damaged(String what) {
        return new LogDamagedException(
                "an entry cannot be decoded: " + what + " at byte " + at + " of " + bytes.length);
    }

    private String utf8(int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private String wide(int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (octet() << 8 | octet());
        }
        return new String(chars);
    }

    private void need(int more) {
        if (more < 0 || bytes.length - at < more) {
            throw damaged("it ends early");
        }
    }
}
