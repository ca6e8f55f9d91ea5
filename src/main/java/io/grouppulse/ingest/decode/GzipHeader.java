package io.grouppulse.ingest.decode;

import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The header of one gzip member (RFC 1952), read byte by byte. */
final class GzipHeader {
    private static final int[] MAGIC = {0x1F, 0x8B, 8};
    private static final int FIXED_BYTES = 10;
    private static final int FLAG_BYTE = 3;
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xE0;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DONE;

        private static final Part[] ALL = values();

        @SuppressWarnings("EnumOrdinal") // the parts are declared in the order in which they come
        Part next() {
            return ALL[ordinal() + 1];
        }
    }

    private final CRC32 checksum = new CRC32();
    private Part part = Part.FIXED;
    private int count;
    private int flags;
    private int extraLength;
    private int statedChecksum;

    boolean isUntouched() {
        return part == Part.FIXED && count == 0;
    }

    /** Takes the next byte; true when the header is over with it. */
    boolean accept(byte signed) throws ZipException {
        int b = signed & 0xFF;
        if (part != Part.HEADER_CRC) {
            checksum.update(b);
        }
        switch (part) {
            case FIXED -> fixed(b);
            case EXTRA_LENGTH -> extraLength(b);
            case EXTRA -> endAt(++count == extraLength);
            case NAME, COMMENT -> endAt(b == 0);
            case HEADER_CRC -> headerChecksum(b);
            case DONE -> throw new IllegalStateException("the header is over");
        }
        return part == Part.DONE;
    }

    private void fixed(int b) throws ZipException {
        if (count < MAGIC.length && b != MAGIC[count]) {
            throw new ZipException("not in gzip format");
        }
        if (count == FLAG_BYTE) {
            flags = b;
            if ((flags & RESERVED) != 0) {
                throw new ZipException("unknown gzip flags");
            }
        }
        endAt(++count == FIXED_BYTES);
    }

    private void extraLength(int b) {
        extraLength |= b << (8 * count);
        endAt(++count == 2);
    }

    private void headerChecksum(int b) throws ZipException {
        statedChecksum |= b << (8 * count);
        boolean over = ++count == 2;
        if (over && statedChecksum != (checksum.getValue() & 0xFFFF)) {
            throw new ZipException("gzip header checksum does not match");
        }
        endAt(over);
    }

    private void endAt(boolean over) {
        if (over) {
            count = 0;
            do {
                part = part.next();
            } while (isAbsent(part));
        }
    }

    private boolean isAbsent(Part candidate) {
        return switch (candidate) {
            case EXTRA_LENGTH -> (flags & EXTRA) == 0;
            case EXTRA -> extraLength == 0;
            case NAME -> (flags & NAME) == 0;
            case COMMENT -> (flags & COMMENT) == 0;
            case HEADER_CRC -> (flags & HEADER_CRC) == 0;
            case FIXED, DONE -> false;
        };
    }
}
