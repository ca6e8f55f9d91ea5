package io.grouppulse.domain.saved;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows a byte array of variable-length numbers and UTF-8 texts. */
public final class SavedWriter {
    private byte[] bytes;
    private int length;

    public SavedWriter() {
        this(256);
    }

    /** @param expected how many bytes will probably be written */
    public SavedWriter(int expected) {
        bytes = new byte[expected];
    }

    /** Begins anew and keeps its room. */
    public void reset() {
        length = 0;
    }

    /** A number of any sign; small magnitudes take few bytes. */
    public void number(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        ensure(10);
        byte[] to = bytes;
        int at = length;
        while ((zigzag & ~0x7FL) != 0) {
            to[at++] = (byte) ((zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        to[at++] = (byte) zigzag;
        length = at;
    }

    /** Eight bytes, for hashes. */
    public void fixed(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    public void flag(boolean value) {
        number(value ? 1 : 0);
    }

    public void text(@Nullable String value) {
        if (value == null) {
            number(-1);
            return;
        }
        if (isAscii(value)) {
            int count = value.length();
            number(count);
            ensure(count);
            for (int i = 0; i < count; i++) {
                bytes[length++] = (byte) value.charAt(i);
            }
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** A text of which each letter is one byte. */
    public void ascii(byte[] letters, int from, int count) {
        number(count);
        ensure(count);
        System.arraycopy(letters, from, bytes, length, count);
        length += count;
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    public void bytes(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Bytes that a writer wrote, from {@code from} to the end, as if they were written here. */
    public void written(byte[] by, int from) {
        int count = by.length - from;
        ensure(count);
        System.arraycopy(by, from, bytes, length, count);
        length += count;
    }

    /** Numbers that rise, each as its distance from the one before. */
    public void rising(long[] values, int from, int to) {
        number(to - from);
        long previous = 0;
        for (int i = from; i < to; i++) {
            number(values[i] - previous);
            previous = values[i];
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
