package io.grouppulse.ingest.decode;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip as it arrives, one member after another, headers and checksums verified. Pulled by its reader, so that
 * a small input that unpacks to a large output never stands in memory whole.
 */
public final class Gunzip implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int TRAILER_BYTES = 8;

    private enum Part {
        HEADER,
        DATA,
        TRAILER
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private GzipHeader header = new GzipHeader();
    private Part part = Part.HEADER;
    private byte[] input = NOTHING;
    private int at;
    private int end;
    private long trailer;
    private int trailerBytes;
    private long unpacked;
    private boolean started;

    /** Takes the next chunk; the one before must have been read to its end. */
    public void feed(byte[] bytes, int from, int to) {
        input = bytes;
        at = from;
        end = to;
    }

    /** Unpacks some bytes into {@code out}; 0 if the next chunk is needed first. */
    public int read(byte[] out) throws ZipException {
        while (true) {
            if (part == Part.DATA) {
                int count = inflate(out);
                if (count > 0) {
                    return count;
                }
                if (part == Part.DATA) {
                    return 0;
                }
            } else if (at == end) {
                return 0;
            } else {
                readFrame(input[at++]);
            }
        }
    }

    /** Whether the input so far ends where a member ends. */
    public boolean isComplete() {
        return started && part == Part.HEADER && header.isUntouched();
    }

    @Override
    public void close() {
        inflater.end();
        input = NOTHING;
        at = 0;
        end = 0;
    }

    private void readFrame(byte b) throws ZipException {
        started = true;
        if (part == Part.HEADER) {
            if (header.accept(b)) {
                part = Part.DATA;
                checksum.reset();
                unpacked = 0;
            }
            return;
        }
        trailer |= (b & 0xFFL) << (8 * trailerBytes);
        if (++trailerBytes == TRAILER_BYTES) {
            endMember();
        }
    }

    private int inflate(byte[] out) throws ZipException {
        if (inflater.needsInput()) {
            inflater.setInput(input, at, end - at);
            at = end;
        }
        int count = inflateInto(out);
        checksum.update(out, 0, count);
        unpacked += count;
        if (inflater.finished()) {
            at = end - inflater.getRemaining();
            part = Part.TRAILER;
            trailer = 0;
            trailerBytes = 0;
        } else if (inflater.needsDictionary()) {
            throw new ZipException("gzip data needs a dictionary");
        }
        return count;
    }

    private int inflateInto(byte[] out) throws ZipException {
        try {
            return inflater.inflate(out);
        } catch (DataFormatException e) {
            ZipException fault = new ZipException("gzip data is corrupt");
            fault.initCause(e);
            throw fault;
        }
    }

    private void endMember() throws ZipException {
        if ((trailer & 0xFFFF_FFFFL) != checksum.getValue() || trailer >>> 32 != (unpacked & 0xFFFF_FFFFL)) {
            throw new ZipException("gzip checksum does not match");
        }
        inflater.reset();
        header = new GzipHeader();
        part = Part.HEADER;
    }
}
