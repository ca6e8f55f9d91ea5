package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ids, each with the index at which it was added, in about 20 bytes for one of eight characters: their characters lie in
 * one array, and a table of indexes finds them. A text is made only where one is asked for.
 */
final class PackedIds {
    static final int UNKNOWN = -1;

    private static final int NO_SLOT = 0;
    private static final int[] NO_SLOTS = {};
    private static final int LEAST_SLOTS = 8;
    private static final int USUAL_BYTES = 12;
    private static final long GOLDEN = 0x9E3779B9L;

    /** Of each id its length in bytes, in one or two of them, and its characters in one to three each. */
    private byte[] letters = {};

    private int used;
    private int[] starts = {};
    private int size;

    /**
     * One more than the index of an id, at the first free slot from that of its hash on. Empty until an id is sought: most
     * groups that are restored are only read.
     */
    private int[] slots = NO_SLOTS;

    int size() {
        return size;
    }

    int find(String id) {
        index();
        int slot = firstSlot(id.hashCode());
        while (slots[slot] != NO_SLOT) {
            int index = slots[slot] - 1;
            if (isAt(index, id)) {
                return index;
            }
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return UNKNOWN;
    }

    /** Adds an id that is not there yet. */
    int add(String id) {
        index();
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 3) + 4);
        }
        starts[size] = write(id);
        size++;
        if (5 * size > 4 * slots.length) {
            slots = new int[slots.length + (slots.length >> 1)];
            enterAll();
        } else {
            enter(size - 1, id.hashCode());
        }
        return size - 1;
    }

    /** Another id, that of nobody else, takes its place; the characters of the old one are overwritten. */
    void replace(int index, String id) {
        int length = lengthAt(starts[index]);
        Arrays.fill(letters, firstLetter(starts[index]), firstLetter(starts[index]) + length, (byte) 0);
        starts[index] = write(id);
        slots = NO_SLOTS;
    }

    /** Writes all ids, by index. */
    void save(SavedWriter out) {
        out.number(size);
        for (int index = 0; index < size; index++) {
            int length = lengthAt(starts[index]);
            int from = firstLetter(starts[index]);
            if (isAscii(from, from + length)) {
                out.ascii(letters, from, length);
            } else {
                out.text(decoded(from, from + length));
            }
        }
    }

    /** Takes back what {@link #save} wrote, into an object that has no ids yet. */
    void restore(SavedReader in) {
        int count = in.size();
        starts = new int[count];
        letters = new byte[count * USUAL_BYTES];
        while (size < count) {
            int length = in.asciiLength();
            if (length == SavedReader.NOT_ASCII) {
                starts[size] = write(in.text());
            } else {
                starts[size] = startOf(length);
                in.letters(letters, used, length);
                used += length;
            }
            size++;
        }
        if (letters.length > used + (used >> 3)) {
            letters = Arrays.copyOf(letters, used);
        }
    }

    /** Builds what finds the ids, if it is not there. */
    private void index() {
        if (slots.length == 0) {
            int length = LEAST_SLOTS;
            while (5 * size > 4 * length) {
                length += length >> 1;
            }
            slots = new int[length];
            enterAll();
        }
    }

    String get(int index) {
        int length = lengthAt(starts[index]);
        int from = firstLetter(starts[index]);
        return isAscii(from, from + length)
                ? new String(letters, from, length, StandardCharsets.ISO_8859_1)
                : decoded(from, from + length);
    }

    private boolean isAscii(int from, int to) {
        for (int at = from; at < to; at++) {
            if (letters[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private String decoded(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int at = from; at < to; at += lettersAt(at)) {
            text.append(charAt(at));
        }
        return text.toString();
    }

    private void enterAll() {
        for (int index = 0; index < size; index++) {
            enter(index, hashAt(index));
        }
    }

    private void enter(int index, int hash) {
        int slot = firstSlot(hash);
        while (slots[slot] != NO_SLOT) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        slots[slot] = index + 1;
    }

    private int firstSlot(int hash) {
        long spread = ((hash * GOLDEN) ^ (hash >>> 15)) & 0xFFFFFFFFL;
        return (int) ((spread * slots.length) >>> 32);
    }

    /** As {@link String#hashCode()}. */
    private int hashAt(int index) {
        int at = firstLetter(starts[index]);
        int end = at + lengthAt(starts[index]);
        int hash = 0;
        for (; at < end; at += lettersAt(at)) {
            hash = 31 * hash + charAt(at);
        }
        return hash;
    }

    private boolean isAt(int index, String id) {
        int at = firstLetter(starts[index]);
        int end = at + lengthAt(starts[index]);
        int chars = id.length();
        int next = 0;
        for (; at < end && next < chars; at += lettersAt(at)) {
            if (charAt(at) != id.charAt(next)) {
                return false;
            }
            next++;
        }
        return at == end && next == chars;
    }

    /** Every char by itself, half of a pair too: different texts never become the same bytes. */
    private int write(String id) {
        int length = 0;
        for (int i = 0; i < id.length(); i++) {
            length += lettersOf(id.charAt(i));
        }
        int start = startOf(length);
        for (int i = 0; i < id.length(); i++) {
            put(id.charAt(i));
        }
        return start;
    }

    /** Begins an id of so many bytes, for which there is room then. */
    private int startOf(int length) {
        int needed = used + length + 2;
        if (needed > letters.length) {
            letters = Arrays.copyOf(letters, needed + (needed >> 3));
        }
        int start = used;
        if (length < 0x80) {
            letters[used++] = (byte) length;
        } else {
            letters[used++] = (byte) (0x80 | length >> 8);
            letters[used++] = (byte) length;
        }
        return start;
    }

    private void put(char letter) {
        if (letter < 0x80) {
            letters[used++] = (byte) letter;
        } else if (letter < 0x800) {
            letters[used++] = (byte) (0xC0 | (letter >> 6));
            letters[used++] = (byte) (0x80 | (letter & 0x3F));
        } else {
            letters[used++] = (byte) (0xE0 | (letter >> 12));
            letters[used++] = (byte) (0x80 | ((letter >> 6) & 0x3F));
            letters[used++] = (byte) (0x80 | (letter & 0x3F));
        }
    }

    private static int lettersOf(char letter) {
        return letter < 0x80 ? 1 : letter < 0x800 ? 2 : 3;
    }

    private int lettersAt(int at) {
        return letters[at] >= 0 ? 1 : (letters[at] & 0x20) == 0 ? 2 : 3;
    }

    private char charAt(int at) {
        int first = letters[at];
        if (first >= 0) {
            return (char) first;
        }
        return (first & 0x20) == 0
                ? (char) (((first & 0x1F) << 6) | (letters[at + 1] & 0x3F))
                : (char) (((first & 0x0F) << 12) | ((letters[at + 1] & 0x3F) << 6) | (letters[at + 2] & 0x3F));
    }

    private int lengthAt(int start) {
        return letters[start] >= 0 ? letters[start] : ((letters[start] & 0x7F) << 8) | (letters[start + 1] & 0xFF);
    }

    private int firstLetter(int start) {
        return letters[start] >= 0 ? start + 1 : start + 2;
    }
}
