package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.LogUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns waiting appends into one durable block and tells followers, then callers; for the writer thread alone. */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Path directory;
    private final SegmentWriter writer;
    private final SegmentDisk disk;
    private final DurableState state;
    private final Deletions deletions;
    private final AppendListener listener;
    private final AtomicLong pendingBytes;
    private boolean failing;

    GroupCommit(
            Path directory,
            SegmentWriter writer,
            SegmentDisk disk,
            DurableState state,
            Deletions deletions,
            AppendListener listener,
            AtomicLong pendingBytes) {
        this.directory = directory;
        this.writer = writer;
        this.disk = disk;
        this.state = state;
        this.deletions = deletions;
        this.listener = listener;
        this.pendingBytes = pendingBytes;
    }

    void commit(List<Append> batch) {
        int entries = batch.stream().mapToInt(Append::size).sum();
        try {
            long bytes = write(batch);
            settled(batch);
            batch.forEach(Append::complete);
            recovered();
            listener.appended(entries, bytes, System.nanoTime() - batch.get(0).start());
        } catch (IOException | RuntimeException | Error e) {
            settled(batch);
            fail(batch, entries, e);
        }
    }

    /** Begins a new segment, unless the newest is still empty; returns its first position. */
    long part() throws IOException {
        writer.part();
        state.begin(writer.segment());
        return writer.segment().first();
    }

    /** Deletes the oldest segments as long as nobody needs them. */
    void deleteReleased() {
        for (Segment segment = state.removeReleased(); segment != null; segment = state.removeReleased()) {
            try {
                deletions.note(segment);
                disk.delete(segment.file());
                // One by one: if a crash undid an older deletion only, the log would have a gap.
                disk.syncDirectory(directory);
            } catch (IOException | RuntimeException e) {
                LOG.warn("cannot delete a released segment, will try again: file={}", segment.file(), e);
                state.putBack(segment);
                return;
            }
        }
    }

    void close() throws IOException {
        writer.close();
    }

    private long write(List<Append> batch) throws IOException {
        writer.prepare();
        Segment segment = writer.segment();
        long next = segment.next();
        long payloadBytes = 0;
        List<LogEntry> entries = new ArrayList<>();
        List<byte[]> inputs = new ArrayList<>();
        for (Append append : batch) {
            next = append.place(next);
            payloadBytes += append.bytes();
            entries.addAll(append.placed());
            inputs.addAll(append.inputs());
        }
        ByteBuffer block = Block.encode(entries, inputs, Math.toIntExact(payloadBytes));
        long blockBytes = block.remaining();
        writer.write(block);
        state.publish(segment, batch, blockBytes);
        return blockBytes;
    }

    private void settled(List<Append> batch) {
        batch.forEach(append -> pendingBytes.addAndGet(-append.takeBytes()));
    }

    private void fail(List<Append> batch, int entries, Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.error("the log cannot be written: segment={}", writer.segment().file(), cause);
        }
        listener.failed(entries);
        LogUnavailableException unavailable = new LogUnavailableException(
                "nothing of this was stored, the log cannot be written: " + cause.getMessage()
                        + "; free space on, or repair, the disk of " + directory + ", then send it again",
                cause);
        batch.forEach(append -> append.fail(unavailable));
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info(
                    "the log can be written again: segment={}", writer.segment().file());
        }
    }
}
