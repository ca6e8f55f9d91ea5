package io.grouppulse.domain.saved;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link SavedWriter} wrote. Every method throws {@link SavedStateException} on bytes it cannot be. */
public final class SavedReader {
    /** What {@link #asciiLength} says of other texts. */
    public static final int NOT_ASCII = -1;

    private final byte[] bytes;
    private int position;

    public SavedReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public long number() {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte b = next();
            zigzag |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new SavedStateException("number too long at byte " + position);
    }

    /** A count of things that follow, each at least one byte. */
    public int size() {
        long size = number();
        if (size < 0 || size > bytes.length - position) {
            throw new SavedStateException("impossible size " + size + " at byte " + position);
        }
        return (int) size;
    }

    /** The length of an array with a place for each of many things, all of which are named somewhere in these bytes. */
    public int capacity() {
        long capacity = number();
        if (capacity < 0 || capacity > bytes.length) {
            throw new SavedStateException("impossible capacity " + capacity + " at byte " + position);
        }
        return (int) capacity;
    }

    /** A place in such an array. */
    public int place() {
        long place = number();
        if (place < 0 || place >= bytes.length) {
            throw new SavedStateException("impossible place " + place + " at byte " + position);
        }
        return (int) place;
    }

    public int index() {
        long value = number();
        if (value < -1 || value > Integer.MAX_VALUE) {
            throw new SavedStateException("impossible index " + value + " at byte " + position);
        }
        return (int) value;
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (next() & 0xFF);
        }
        return value;
    }

    public boolean flag() {
        return number() != 0;
    }

    public @Nullable String textOrNull() {
        long size = number();
        if (size == -1) {
            return null;
        }
        if (size < 0 || size > bytes.length - position) {
            throw new SavedStateException("impossible text length " + size + " at byte " + position);
        }
        String text = new String(bytes, position, (int) size, StandardCharsets.UTF_8);
        position += (int) size;
        return text;
    }

    public String text() {
        String text = textOrNull();
        if (text == null) {
            throw new SavedStateException("missing text at byte " + position);
        }
        return text;
    }

    /**
     * The length of the text that follows, if each of its letters is one byte: {@link #letters} takes them, without making a
     * text of them. Otherwise {@link #NOT_ASCII}, and it still follows.
     */
    public int asciiLength() {
        int before = position;
        long size = number();
        if (size < 0 || size > bytes.length - position) {
            position = before;
            return NOT_ASCII;
        }
        int end = position + (int) size;
        for (int at = position; at < end; at++) {
            if (bytes[at] < 0) {
                position = before;
                return NOT_ASCII;
            }
        }
        return (int) size;
    }

    /** Copies the letters of a text of this {@link #asciiLength}. */
    public void letters(byte[] to, int at, int length) {
        System.arraycopy(bytes, position, to, at, length);
        position += length;
    }

    public byte[] bytes() {
        int size = size();
        position += size;
        return Arrays.copyOfRange(bytes, position - size, position);
    }

    public long[] rising() {
        long[] values = new long[size()];
        long previous = 0;
        for (int i = 0; i < values.length; i++) {
            previous += number();
            values[i] = previous;
        }
        return values;
    }

    /** How many bytes have been read. */
    public int position() {
        return position;
    }

    /** @throws SavedStateException if bytes are left over */
    public void end() {
        if (position != bytes.length) {
            throw new SavedStateException((bytes.length - position) + " bytes left over");
        }
    }

    private byte next() {
        if (position >= bytes.length) {
            throw new SavedStateException("ends early at byte " + position);
        }
        return bytes[position++];
    }
}
