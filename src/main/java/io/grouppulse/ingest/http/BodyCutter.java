package io.grouppulse.ingest.http;

import io.grouppulse.ingest.decode.Gunzip;
import io.grouppulse.ingest.decode.Splitter;
import java.util.ArrayDeque;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a body to its splitter in small slices, unpacked if need be. The reader decides when the next slice is cut,
 * so that a full batch can wait in the middle of a chunk.
 */
final class BodyCutter implements AutoCloseable {
    private static final int SLICE = 16 * 1024;
    private static final byte[] NOTHING = {};

    private final Splitter splitter;
    private final @Nullable Gunzip gunzip;
    private final HeldBytes held;
    private final long maxBody;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private byte[] unpacked = NOTHING;
    private long received;
    private long fed;
    private int at;
    private boolean begun;

    BodyCutter(Splitter splitter, boolean zipped, long maxBody, HeldBytes held) {
        this.splitter = splitter;
        this.gunzip = zipped ? new Gunzip() : null;
        this.maxBody = maxBody;
        this.held = held;
    }

    void offer(byte[] chunk) {
        received += chunk.length;
        held.add(chunk.length);
        chunks.add(chunk);
    }

    /** Cuts one slice; false if there is nothing to cut. */
    boolean step() throws ZipException {
        return gunzip == null ? stepPlain() : stepZipped(gunzip);
    }

    /** Whether more came than a body may have, as sent or as unpacked. */
    boolean isTooLarge() {
        return received > maxBody || fed > maxBody;
    }

    /** The body is over. */
    void end() throws ZipException {
        if (gunzip != null && received > 0 && !gunzip.isComplete()) {
            throw new ZipException("gzip data is cut off");
        }
        splitter.end();
    }

    @Override
    public void close() {
        chunks.forEach(chunk -> held.release(chunk.length));
        chunks.clear();
        if (gunzip != null) {
            gunzip.close();
        }
    }

    private boolean stepPlain() {
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            return false;
        }
        int to = Math.min(chunk.length, at + SLICE);
        fed += to - at;
        splitter.feed(chunk, at, to);
        at = to;
        if (at == chunk.length) {
            drop();
        }
        return true;
    }

    private boolean stepZipped(Gunzip unzipper) throws ZipException {
        if (unpacked.length == 0) {
            unpacked = new byte[SLICE];
        }
        int count = unzipper.read(unpacked);
        if (count == 0) {
            return feedNext(unzipper);
        }
        fed += count;
        if (fed <= maxBody) {
            splitter.feed(unpacked, 0, count);
        }
        return true;
    }

    /** A chunk stays in the queue while the unzipper reads it. */
    private boolean feedNext(Gunzip unzipper) {
        if (begun) {
            drop();
        }
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            return false;
        }
        unzipper.feed(chunk, 0, chunk.length);
        begun = true;
        return true;
    }

    private void drop() {
        at = 0;
        begun = false;
        held.release(chunks.remove().length);
    }
}
