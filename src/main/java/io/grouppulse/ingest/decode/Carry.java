package io.grouppulse.ingest.decode;

import java.util.Arrays;

/** The beginning of a piece whose end is in a later chunk; of one that grew too long only the first bytes are kept. */
final class Carry {
    /** Room for a byte order mark or a line's end beside the largest event. */
    static final int MAX = EventDecoder.MAX_BYTES + 4;

    static final int SHOWN = 8 * 1024;

    private static final byte[] NONE = {};

    private byte[] kept = NONE;
    private int length;
    private boolean tooLong;

    void append(byte[] bytes, int from, int to) {
        int added = to - from;
        if (tooLong || added > MAX - length) {
            keepSome(bytes, from, Math.min(to, from + SHOWN));
            return;
        }
        keep(bytes, from, to);
    }

    boolean isEmpty() {
        return length == 0;
    }

    void flush(Splitter.Pieces pieces) {
        if (tooLong) {
            refuse(pieces, kept, 0, length);
        } else {
            pieces.piece(kept, 0, length);
        }
        clear();
    }

    void clear() {
        length = 0;
        tooLong = false;
        if (kept.length > SHOWN) {
            kept = NONE;
        }
    }

    /** Hands over a piece that lies whole in one chunk. */
    static void pass(Splitter.Pieces pieces, byte[] bytes, int from, int to) {
        if (to - from > MAX) {
            refuse(pieces, bytes, from, from + SHOWN);
        } else {
            pieces.piece(bytes, from, to);
        }
    }

    private static void refuse(Splitter.Pieces pieces, byte[] bytes, int from, int to) {
        pieces.refused("an event is at most " + EventDecoder.MAX_BYTES + " bytes", bytes, from, to);
    }

    private void keepSome(byte[] bytes, int from, int to) {
        if (length < SHOWN) {
            keep(bytes, from, Math.min(to, from + SHOWN - length));
        }
        length = SHOWN;
        tooLong = true;
    }

    private void keep(byte[] bytes, int from, int to) {
        int needed = length + to - from;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(needed, Math.min(MAX, 2 * kept.length)));
        }
        System.arraycopy(bytes, from, kept, length, to - from);
        length = needed;
    }
}
