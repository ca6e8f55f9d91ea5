package io.grouppulse.eventlog.embedded;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of one segment file: where its durable part ends and which shards have entries in it. */
final class Segment {
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log");

    private final Path file;
    private final long first;
    private final long[] shardToLast;
    private long next;
    private long length;

    Segment(Path directory, long first, int shards) {
        this.file = directory.resolve(String.format(Locale.ROOT, "%020d.log", first));
        this.first = first;
        this.next = first;
        this.shardToLast = new long[shards];
    }

    /** The first position of the segment file with this name, or null if it is none. */
    static @Nullable Long firstOf(Path file) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
    }

    Path file() {
        return file;
    }

    long first() {
        return first;
    }

    /** The position after its last one. */
    long next() {
        return next;
    }

    long length() {
        return length;
    }

    /** The last position of the shard in this segment, 0 if it has none. */
    long lastOf(int shard) {
        return shardToLast[shard];
    }

    void note(int shard, long position) {
        shardToLast[shard] = position;
    }

    void extend(long nextPosition, long bytes) {
        next = nextPosition;
        length += bytes;
    }

    boolean isReleased(long[] shardToReleased) {
        for (int shard = 0; shard < shardToLast.length; shard++) {
            if (shardToLast[shard] > shardToReleased[shard]) {
                return false;
            }
        }
        return true;
    }
}
