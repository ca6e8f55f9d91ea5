package io.grouppulse.cli;

import java.util.Arrays;

/** Lines on their way to the monitor in one request body, each remembered by its number. */
final class Batch {
    private static final int MOST_LINES = 2_000;
    private static final int MOST_BYTES = 512 << 10;

    private byte[] body = new byte[MOST_BYTES];
    private final int[] ends = new int[MOST_LINES];
    private final long[] numbers = new long[MOST_LINES];
    private int lines;

    int lines() {
        return lines;
    }

    boolean isEmpty() {
        return lines == 0;
    }

    int bytes() {
        return lines == 0 ? 0 : ends[lines - 1];
    }

    /** One line always fits into an empty batch. */
    boolean fits(byte[] line) {
        return isEmpty() || (lines < MOST_LINES && bytes() + line.length + 1 <= MOST_BYTES);
    }

    void add(long number, byte[] line) {
        int start = bytes();
        int end = start + line.length + 1;
        if (end > body.length) {
            body = Arrays.copyOf(body, end);
        }
        System.arraycopy(line, 0, body, start, line.length);
        body[end - 1] = '\n';
        ends[lines] = end;
        numbers[lines] = number;
        lines++;
    }

    /** Number in the input of the line at this index of the body. */
    long number(int index) {
        return numbers[index];
    }

    /** The lines from one index to before another, as a body. */
    byte[] body(int from, int to) {
        return Arrays.copyOfRange(body, from == 0 ? 0 : ends[from - 1], ends[to - 1]);
    }

    void clear() {
        lines = 0;
    }
}
