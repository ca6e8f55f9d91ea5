package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.AppendListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes blocks to the newest segment and leaves the log as it was when it cannot; for the writer thread alone. */
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private final Path directory;
    private final int shards;
    private final long segmentBytes;
    private final SegmentDisk disk;
    private final AppendListener listener;

    private Segment segment;

    /** The open file of the segment; null when what it holds after its durable length is unknown. */
    private @Nullable SegmentFile file;

    /** Nothing more may go into this segment. */
    private boolean mustRoll;

    SegmentWriter(
            Path directory,
            Segment segment,
            int shards,
            LogSettings settings,
            SegmentDisk disk,
            AppendListener listener) {
        this.directory = directory;
        this.segment = segment;
        this.shards = shards;
        this.segmentBytes = settings.segmentBytes();
        this.disk = disk;
        this.listener = listener;
    }

    Segment segment() {
        return segment;
    }

    /** Makes sure that a block can be written; the segment is another one afterwards if the last was full. */
    void prepare() throws IOException {
        if (file == null) {
            file = disk.reopen(segment.file(), segment.length());
        }
        if (mustRoll || segment.length() >= segmentBytes) {
            roll(file);
        }
    }

    /** Begins a new segment, unless this one is still empty. */
    void part() throws IOException {
        if (segment.length() > 0) {
            mustRoll = true;
            prepare();
        }
    }

    /** Writes the block and makes it durable; if that fails, nothing of it stays. */
    void write(ByteBuffer block) throws IOException {
        SegmentFile open = file;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        try {
            open.write(block);
        } catch (IOException | RuntimeException | Error e) {
            cutBack(open, e);
            throw e;
        }
        try {
            force(open);
        } catch (IOException | RuntimeException | Error e) {
            // After a failed force the kernel may have dropped the pages and still report the next one as done.
            mustRoll = true;
            cutBack(open, e);
            throw e;
        }
    }

    void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private void force(SegmentFile open) throws IOException {
        long start = System.nanoTime();
        try {
            open.force();
        } finally {
            listener.forced(System.nanoTime() - start);
        }
    }

    private void cutBack(SegmentFile open, Throwable cause) {
        try {
            open.truncate(segment.length());
            if (mustRoll) {
                open.force();
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
            LOG.warn("cannot cut the log back, will reopen it: file={} offset={}", segment.file(), segment.length(), e);
            abandon(open);
        }
    }

    private void roll(SegmentFile full) throws IOException {
        // Once a file of the next name may exist, nothing may be added before it.
        mustRoll = true;
        Segment next = segment.length() == 0 ? segment : new Segment(directory, segment.next(), shards);
        if (next == segment) {
            abandon(full);
            disk.delete(segment.file());
        }
        SegmentFile created = disk.create(next.file());
        try {
            disk.syncDirectory(directory);
        } catch (IOException e) {
            abandon(created);
            throw e;
        }
        if (next != segment) {
            abandon(full);
        }
        segment = next;
        file = created;
        mustRoll = false;
    }

    private void abandon(SegmentFile open) {
        if (open == file) {
            file = null;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("cannot close a file of the log: segment={}", segment.file(), e);
        }
    }
}
