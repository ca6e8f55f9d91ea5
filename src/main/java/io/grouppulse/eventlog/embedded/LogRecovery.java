package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.LogDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and checks every block when the log is opened; cuts off a torn end, refuses any other damage. */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);
    private static final String ADVICE =
            "; nothing was changed: restore the file from a backup, or move all of data.dir away to start empty";

    private final Path directory;
    private final int shards;
    private final SegmentDisk disk;
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable TornTail tornTail;

    LogRecovery(Path directory, int shards, SegmentDisk disk) {
        this.directory = directory;
        this.shards = shards;
        this.disk = disk;
    }

    /** Brings the log into order; afterwards there is at least one segment, and the last one is whole. */
    void run() throws IOException {
        List<Long> firsts = firsts();
        for (int i = 0; i < firsts.size(); i++) {
            scan(firsts.get(i), i == firsts.size() - 1);
        }
        if (segments.isEmpty()) {
            Segment segment = new Segment(directory, 1, shards);
            disk.create(segment.file()).close();
            disk.syncDirectory(directory);
            segments.add(segment);
        }
    }

    List<Segment> segments() {
        return segments;
    }

    @Nullable TornTail tornTail() {
        return tornTail;
    }

    private List<Long> firsts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Segment::firstOf)
                    .flatMap(Stream::ofNullable)
                    .sorted()
                    .toList();
        }
    }

    private void scan(long first, boolean last) throws IOException {
        Segment segment = new Segment(directory, first, shards);
        if (!segments.isEmpty() && segments.get(segments.size() - 1).next() != first) {
            Segment before = segments.get(segments.size() - 1);
            throw new LogDamagedException("the log has a gap: " + before.file() + " ends before position "
                    + before.next() + ", " + segment.file() + " begins at offset 0 with " + first + ADVICE);
        }
        try (BlockReader reader = new BlockReader(segment.file())) {
            long size = reader.size();
            readAll(segment, reader, size);
            if (segment.length() < size) {
                requireTorn(segment, reader, last);
                cut(segment, size);
            }
        }
        segments.add(segment);
    }

    private void readAll(Segment segment, BlockReader reader, long size) throws IOException {
        Block block = reader.read(0, size);
        while (block != null) {
            if (block.first() != segment.next() || block.count() < 1) {
                throw damaged(segment, "holds position " + block.first() + " where " + segment.next() + " is due");
            }
            if (!block.forEach((position, shard, at, bytes) -> note(segment, position, shard))) {
                throw damaged(segment, "holds a block whose entries do not fill it");
            }
            segment.extend(block.next(), block.bytes());
            block = reader.read(segment.length(), size);
        }
    }

    private void note(Segment segment, long position, int shard) {
        if (shard < 0 || shard >= shards) {
            throw damaged(segment, "holds an entry of shard " + shard + " of " + shards);
        }
        segment.note(shard, position);
    }

    private static void requireTorn(Segment segment, BlockReader reader, boolean last) throws IOException {
        if (!last) {
            throw damaged(segment, "holds a damaged block and is not the newest segment");
        }
        long sound = reader.find(segment.length() + 1, reader.size());
        if (sound >= 0) {
            throw damaged(segment, "holds a damaged block before a sound one at offset " + sound);
        }
    }

    private void cut(Segment segment, long size) throws IOException {
        TornTail torn = new TornTail(segment.file(), segment.length(), size - segment.length());
        disk.reopen(segment.file(), segment.length()).close();
        tornTail = torn;
        LOG.warn(
                "cut an unfinished block off the log: file={} offset={} bytes={}",
                torn.file(),
                torn.offset(),
                torn.bytes());
    }

    private static LogDamagedException damaged(Segment segment, String what) {
        return new LogDamagedException(segment.file() + " at offset " + segment.length() + " " + what + ADVICE);
    }
}
