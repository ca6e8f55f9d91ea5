package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.embedded.DurableState.Extent;
import io.grouppulse.eventlog.embedded.DurableState.Slice;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Reads one shard's entries from the files, a chunk at a time; for one thread at a time. */
final class LogCursor {
    private static final long CHUNK_BYTES = 512 << 10;

    private final DurableState state;
    private final int shard;

    /** Everything of the shard up to here has been read. */
    private long position;

    private long segmentFirst;
    private long offset;

    LogCursor(DurableState state, int shard, long after) {
        this.state = state;
        this.shard = shard;
        this.position = after;
    }

    /**
     * Some entries, and how far reading came.
     *
     * @param upTo all entries of the shard up to here have been read
     * @param complete whether that was the end of the durable log when reading began
     */
    record Chunk(List<LogEntry> entries, long upTo, boolean complete) {}

    Chunk next(Feed feed) throws IOException {
        Extent extent = state.extentAfter(feed, shard, position);
        List<LogEntry> entries = new ArrayList<>();
        long bytes = 0;
        for (Slice slice : extent.slices()) {
            bytes = read(slice, entries, bytes);
            if (bytes >= CHUNK_BYTES) {
                return new Chunk(entries, position, position == extent.last());
            }
        }
        position = extent.last();
        return new Chunk(entries, position, true);
    }

    private long read(Slice slice, List<LogEntry> entries, long already) throws IOException {
        try (BlockReader reader = new BlockReader(slice.file())) {
            return read(slice, reader, entries, already);
        } catch (NoSuchFileException e) {
            if (state.holds(slice.first())) {
                throw new LogDamagedException(slice.file() + " at offset 0 is gone: stop, and restore the file");
            }
            return already;
        }
    }

    private long read(Slice slice, BlockReader reader, List<LogEntry> entries, long already) throws IOException {
        if (slice.first() != segmentFirst) {
            segmentFirst = slice.first();
            offset = 0;
        }
        long bytes = already;
        while (offset < slice.length() && bytes < CHUNK_BYTES) {
            Block block = reader.read(offset, slice.length());
            if (block == null) {
                throw new LogDamagedException(slice.file() + " at offset " + offset
                        + " is not what was written any more: stop, and restore the file");
            }
            bytes += take(slice, block, entries);
            offset += block.bytes();
            position = Math.max(position, block.next() - 1);
        }
        return bytes;
    }

    private long take(Slice slice, Block block, List<LogEntry> entries) {
        long[] bytes = {0};
        boolean filled = block.forEach((at, of, place, inputBytes) -> {
            if (of == shard && at > position) {
                bytes[0] += Block.ENTRY_HEAD_BYTES + inputBytes;
                entries.add(entry(slice, block, at, place, inputBytes));
            }
        });
        if (!filled) {
            throw new LogDamagedException(slice.file() + " at offset " + offset + " holds entries that do not fill it");
        }
        return bytes[0];
    }

    private LogEntry entry(Slice slice, Block block, long at, int place, int inputBytes) {
        try {
            return new LogEntry(
                    shard,
                    at,
                    block.receivedAt(place),
                    block.asOf(place),
                    EventCodec.decode(block.inputs(place, inputBytes)));
        } catch (LogDamagedException e) {
            throw new LogDamagedException(
                    slice.file() + " at offset " + offset + ", position " + at + ": " + e.getMessage());
        }
    }
}
