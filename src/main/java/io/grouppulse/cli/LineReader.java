package io.grouppulse.cli;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes from plain or gzipped input, whichever it turns out to be, in bounded memory. */
final class LineReader implements Closeable {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int END = -1;
    private static final int TOO_LONG = -2;

    private final Counting raw;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private byte[] line = new byte[512];
    private int position;
    private int limit;
    private long number;

    LineReader(InputStream source) throws IOException {
        raw = new Counting(source);
        BufferedInputStream plain = new BufferedInputStream(raw, BUFFER);
        in = isGzip(plain) ? new GZIPInputStream(plain, BUFFER) : plain;
    }

    /** The next line that is not blank, without its end; empty if too long to be an event; null at the end of input. */
    byte @Nullable [] next() throws IOException {
        int length = readLine();
        while (length >= 0 && isBlank(length)) {
            length = readLine();
        }
        return length == END ? null : length == TOO_LONG ? new byte[0] : Arrays.copyOf(line, length);
    }

    /** Number of the last line returned, from 1. */
    long number() {
        return number;
    }

    /** Bytes of the source consumed so far. */
    long bytesRead() {
        return raw.count;
    }

    /** Whether reading on may have to wait for the source. */
    boolean mayBlock() throws IOException {
        return position == limit && in.available() == 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int readLine() throws IOException {
        int length = 0;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            byte next = buffer[position++];
            if (next == '\n') {
                number++;
                return length > LONGEST_LINE ? TOO_LONG : length;
            }
            if (length < LONGEST_LINE) {
                append(next, length);
            }
            length = Math.min(LONGEST_LINE + 1, length + 1);
        }
        if (!any) {
            return END;
        }
        number++;
        return length > LONGEST_LINE ? TOO_LONG : length;
    }

    private void append(byte next, int length) {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length] = next;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private boolean isBlank(int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    /** Counts what is read through it. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
