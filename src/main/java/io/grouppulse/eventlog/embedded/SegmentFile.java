package io.grouppulse.eventlog.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One file of the log that is open for writing at its end. */
interface SegmentFile extends AutoCloseable {

    /** Writes all remaining bytes, or fails having written some of them. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes what was written durable. */
    void force() throws IOException;

    /** Cuts the file to this length and goes on writing from there. */
    void truncate(long length) throws IOException;

    @Override
    void close() throws IOException;
}
