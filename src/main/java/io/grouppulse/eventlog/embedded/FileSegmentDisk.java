package io.grouppulse.eventlog.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Segment files on the file system, written through one small direct buffer. */
final class FileSegmentDisk implements SegmentDisk {
    private static final int STAGING_BYTES = 256 << 10;

    @Override
    public SegmentFile create(Path path) throws IOException {
        return new ChannelFile(FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
    }

    @Override
    public SegmentFile reopen(Path path, long length) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.size() < length) {
                throw new IOException(path + " has " + channel.size() + " bytes, " + length + " were durable");
            }
            SegmentFile file = new ChannelFile(channel);
            file.truncate(length);
            file.force();
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        Directories.sync(directory);
    }

    private static final class ChannelFile implements SegmentFile {
        private final FileChannel channel;
        private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);

        ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        // In pieces: the JDK would otherwise keep a direct copy as large as the largest block for ever.
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                int piece = Math.min(bytes.remaining(), staging.capacity());
                staging.clear().put(bytes.slice(bytes.position(), piece)).flip();
                bytes.position(bytes.position() + piece);
                while (staging.hasRemaining()) {
                    channel.write(staging);
                }
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
            channel.position(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
