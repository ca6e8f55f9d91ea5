package io.grouppulse.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that values are encoded into. */
final class ByteSink {
    private byte[] bytes;
    private int size;

    /** @param expected how many bytes will about come */
    ByteSink(int expected) {
        bytes = new byte[expected];
    }

    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** An unsigned number, seven bits a byte, lowest first. */
    void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed number that is mostly near zero. */
    void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void fixed64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** UTF-8; a text that UTF-8 cannot carry (an unpaired surrogate) goes as UTF-16 and comes back unchanged too. */
    void text(String value) {
        if (isAscii(value)) {
            asciiText(value);
            return;
        }
        if (hasUnpairedSurrogate(value)) {
            wideText(value);
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        varint((long) encoded.length << 1);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** Most ids: one byte a character, without an array in between. */
    private void asciiText(String value) {
        int length = value.length();
        varint((long) length << 1);
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) value.charAt(i);
        }
        size += length;
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    // By hand, because the JDK's UTF-16 encoder replaces unpaired surrogates as well.
    private void wideText(String value) {
        varint(((long) value.length() << 2) | 1);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            octet(c >>> 8);
            octet(c);
        }
    }

    private static boolean hasUnpairedSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
