package io.grouppulse.eventlog.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one segment file; for one thread. */
final class BlockReader implements AutoCloseable {
    private static final int SEARCH_BYTES = 64 << 10;

    private final FileChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(Block.HEAD_BYTES);
    private final ByteBuffer window = ByteBuffer.allocate(SEARCH_BYTES);

    BlockReader(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The block at this offset, or null if there is no sound one that ends within the limit. */
    @Nullable Block read(long offset, long limit) throws IOException {
        if (limit - offset < Block.HEAD_BYTES) {
            return null;
        }
        fill(head.clear(), offset);
        if (!Block.isHead(head, limit - offset)) {
            return null;
        }
        ByteBuffer block = ByteBuffer.allocate(Block.HEAD_BYTES + Block.payloadBytes(head));
        fill(block, offset);
        return Block.isSound(block) ? Block.of(block) : null;
    }

    /** Offset of the first sound block at or after {@code from}, or -1. */
    long find(long from, long limit) throws IOException {
        long offset = from;
        while (limit - offset >= Block.HEAD_BYTES) {
            window.clear().limit((int) Math.min(window.capacity(), limit - offset));
            fill(window, offset);
            int last = window.limit() - Integer.BYTES;
            for (int i = 0; i <= last; i++) {
                if (window.getInt(i) == Block.MAGIC && read(offset + i, limit) != null) {
                    return offset + i;
                }
            }
            offset += last + 1;
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void fill(ByteBuffer buffer, long offset) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the file ended at " + (offset + buffer.position()));
            }
        }
        buffer.flip();
    }
}
