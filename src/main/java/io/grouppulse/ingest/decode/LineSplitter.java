package io.grouppulse.ingest.decode;

/**
 * Splits NDJSON: one piece a line, ended by LF or CRLF or by the end of the body; blank lines are skipped, and so is a
 * byte order mark before the first line.
 */
public final class LineSplitter implements Splitter {
    private final Pieces pieces;
    private final Carry carry = new Carry();
    private boolean atStart = true;

    public LineSplitter(Pieces pieces) {
        this.pieces = new Unpadded(pieces);
    }

    @Override
    public void feed(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i);
                start = i + 1;
            }
        }
        if (start < to) {
            carry.append(bytes, start, to);
        }
    }

    @Override
    public void end() {
        if (!carry.isEmpty()) {
            carry.flush(pieces);
        }
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    private void line(byte[] bytes, int from, int to) {
        if (carry.isEmpty()) {
            Carry.pass(pieces, bytes, from, to);
        } else {
            carry.append(bytes, from, to);
            carry.flush(pieces);
        }
    }

    /** Takes the mark and the blanks off the lines on their way out. */
    private final class Unpadded implements Pieces {
        private final Pieces next;

        Unpadded(Pieces next) {
            this.next = next;
        }

        @Override
        public void piece(byte[] bytes, int from, int to) {
            int start = atStart ? afterMark(bytes, from, to) : from;
            atStart = false;
            int end = to;
            while (end > start && isBlank(bytes[end - 1])) {
                end--;
            }
            if (end > start) {
                next.piece(bytes, start, end);
            }
        }

        @Override
        public void refused(String detail, byte[] bytes, int from, int to) {
            atStart = false;
            next.refused(detail, bytes, from, to);
        }

        private static int afterMark(byte[] bytes, int from, int to) {
            boolean mark = to - from >= 3
                    && bytes[from] == (byte) 0xEF
                    && bytes[from + 1] == (byte) 0xBB
                    && bytes[from + 2] == (byte) 0xBF;
            return mark ? from + 3 : from;
        }

        private static boolean isBlank(byte b) {
            return b == ' ' || b == '\t' || b == '\r';
        }
    }
}
