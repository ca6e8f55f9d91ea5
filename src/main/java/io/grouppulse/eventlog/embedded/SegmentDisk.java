package io.grouppulse.eventlog.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** The few things that the log's writer asks of a disk; a seam, so that tests can let each of them fail. */
interface SegmentDisk {

    /** An empty file at this path, whatever was there before. */
    SegmentFile create(Path path) throws IOException;

    /** The file at this path, cut to this length; fails if it is shorter. */
    SegmentFile reopen(Path path, long length) throws IOException;

    void delete(Path path) throws IOException;

    /** Makes the names in the directory durable. */
    void syncDirectory(Path directory) throws IOException;
}
