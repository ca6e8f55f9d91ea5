package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.LogEntry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is durable, what is released and who follows; shared by the writer, the readers and the callers. */
final class DurableState {
    private final Deque<Segment> segments;
    private final List<Feed> feeds = new ArrayList<>();
    private final long[] shardToReleased;
    private long next;

    DurableState(Collection<Segment> segments, int shards) {
        this.segments = new ArrayDeque<>(segments);
        this.shardToReleased = new long[shards];
        this.next = this.segments.getLast().next();
    }

    /**
     * A part of the log to read.
     *
     * @param slices the parts of files that hold entries of the shard
     * @param last the last position that was durable
     */
    record Extent(List<Slice> slices, long last) {}

    /** The durable part of one segment file. */
    record Slice(Path file, long first, long length) {}

    synchronized long first() {
        return segments.getFirst().first();
    }

    synchronized long last() {
        return next - 1;
    }

    synchronized long bytes() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    synchronized int segmentCount() {
        return segments.size();
    }

    /** A segment has been begun, and is empty. */
    synchronized void begin(Segment segment) {
        if (segments.getLast() != segment) {
            segments.addLast(segment);
        }
    }

    /** A block has become durable: followers are handed its entries before anybody is told. */
    synchronized void publish(Segment segment, List<Append> batch, long blockBytes) {
        if (segments.getLast() != segment) {
            segments.addLast(segment);
        }
        for (Append append : batch) {
            for (LogEntry entry : append.placed()) {
                segment.note(entry.shard(), entry.position());
                next = entry.position() + 1;
            }
        }
        segment.extend(next, blockBytes);
        for (Feed feed : feeds) {
            feed.published(batch, next - 1);
        }
    }

    synchronized void add(Feed feed) {
        feeds.add(feed);
    }

    synchronized void remove(Feed feed) {
        feeds.remove(feed);
    }

    /** What a feed has to read next; from now on it is told of new entries, so that none falls between. */
    synchronized Extent extentAfter(Feed feed, int shard, long after) {
        feed.hold();
        List<Slice> slices = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.lastOf(shard) > after) {
                slices.add(new Slice(segment.file(), segment.first(), segment.length()));
            }
        }
        return new Extent(slices, next - 1);
    }

    /** Hands over what was read; if it reached the end, the feed is live from here on. */
    synchronized void handOver(Feed feed, LogCursor.Chunk chunk) {
        feed.handOver(chunk, next - 1);
    }

    synchronized boolean holds(long segmentFirst) {
        return segments.stream().anyMatch(segment -> segment.first() == segmentFirst);
    }

    /** Notes the release and says whether a segment can be deleted now. */
    synchronized boolean release(int shard, long position) {
        shardToReleased[shard] = Math.max(shardToReleased[shard], position);
        return isOldestReleased();
    }

    /** Takes the oldest segment out if nobody needs it; the newest always stays. */
    synchronized @Nullable Segment removeReleased() {
        return isOldestReleased() ? segments.removeFirst() : null;
    }

    synchronized void putBack(Segment segment) {
        segments.addFirst(segment);
    }

    private boolean isOldestReleased() {
        return segments.size() > 1 && segments.getFirst().isReleased(shardToReleased);
    }
}
