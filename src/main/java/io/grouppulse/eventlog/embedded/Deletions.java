package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.LogDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The last position of each shard that stood in a segment which has been deleted, on disk before the segment goes: so
 * that a group store which is lost or older than that is noticed, and its missing entries are not silently skipped.
 */
final class Deletions {
    private static final String NAME = "deleted.txt";

    private final Path file;
    private final long[] shardToLastDeleted;

    private Deletions(Path file, long[] shardToLastDeleted) {
        this.file = file;
        this.shardToLastDeleted = shardToLastDeleted;
    }

    /** @throws LogDamagedException if the file is there and cannot be understood */
    static Deletions open(Path directory, int shards) {
        Path file = directory.resolve(NAME);
        long[] deleted = new long[shards];
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                for (int shard = 0; shard < shards; shard++) {
                    deleted[shard] = Long.parseLong(lines.get(shard));
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new LogDamagedException(
                    file + " must hold " + shards + " lines, each a position, and does not: restore it from a backup");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new Deletions(file, deleted);
    }

    /** The last position of the shard that is gone with its segment, 0 if none is. */
    synchronized long lastOf(int shard) {
        return shardToLastDeleted[shard];
    }

    /** Notes, durably, that this segment is about to go. */
    synchronized void note(Segment segment) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int shard = 0; shard < shardToLastDeleted.length; shard++) {
            shardToLastDeleted[shard] = Math.max(shardToLastDeleted[shard], segment.lastOf(shard));
            lines.append(shardToLastDeleted[shard]).append('\n');
        }
        Path draft = file.resolveSibling(NAME + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Directories.sync(directory);
        }
    }
}
