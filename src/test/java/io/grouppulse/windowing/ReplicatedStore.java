package io.grouppulse.windowing;

import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.eventlog.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a Redis that one shard uses, in memory, with the rules of {@code eventlog/redis/Scripts}: every step is one
 * change, changes reach the replica in order, and a fail-over forgets those that had not.
 */
final class ReplicatedStore {

    /** An entry as it stands in the log. */
    record Stored(LogEntry entry, String tag, String before) {}

    /** What came of a save. */
    enum Outcome {
        DONE,
        FENCED,
        REGRESSED
    }

    /** Everything at one moment. */
    private static final class Image {
        private final TreeMap<Long, Stored> log = new TreeMap<>();
        private final List<LogEntry> all = new ArrayList<>();
        private final Map<String, byte[]> records = new HashMap<>();
        private long end;
        private String tag = "";
        private long saved;
        private String savedTag = "";
        private String saveId = "";
        private String owner = "";
        private long epoch;
        private String holder = "";
        private long heldUntil;

        Image copy() {
            Image copy = new Image();
            copy.log.putAll(log);
            copy.all.addAll(all);
            copy.records.putAll(records);
            copy.end = end;
            copy.tag = tag;
            copy.saved = saved;
            copy.savedTag = savedTag;
            copy.saveId = saveId;
            copy.owner = owner;
            copy.epoch = epoch;
            copy.holder = holder;
            copy.heldUntil = heldUntil;
            return copy;
        }
    }

    private final PlantedFault bug;
    private final List<Image> changes = new ArrayList<>(List.of(new Image()));
    private int nextTag;

    ReplicatedStore(PlantedFault bug) {
        this.bug = bug;
    }

    private Image now() {
        return changes.get(changes.size() - 1);
    }

    private Image change() {
        Image next = now().copy();
        changes.add(next);
        return next;
    }

    /** Everything so far has reached the replica. */
    void replicate() {
        Image last = now();
        changes.clear();
        changes.add(last);
    }

    /** The replica takes over, and it had so many changes less; fewer if they have reached it. */
    void failOver(int missing) {
        for (int i = 0; i < missing && changes.size() > 1; i++) {
            changes.remove(changes.size() - 1);
        }
        replicate();
    }

    void append(LogEntry entry) {
        Image next = change();
        String tag = "t" + nextTag++;
        next.end++;
        LogEntry placed = entry.at(next.end);
        next.log.put(next.end, new Stored(placed, tag, next.tag));
        next.all.add(placed);
        next.tag = tag;
    }

    /** The latest T at which anything in the log was received, trimmed or not. */
    long latestT() {
        return now().all.stream().mapToLong(LogEntry::asOf).max().orElse(Long.MIN_VALUE);
    }

    long end() {
        return now().end;
    }

    String endTag() {
        return now().tag;
    }

    long saved() {
        return now().saved;
    }

    String savedTag() {
        return now().savedTag;
    }

    String saveId() {
        return now().saveId;
    }

    Map<String, byte[]> records() {
        return Map.copyOf(now().records);
    }

    List<Stored> after(long position, int most) {
        return now().log.tailMap(position, false).values().stream().limit(most).toList();
    }

    /** Everything the log ever held and did not lose, what was trimmed included. */
    List<GroupInput> everything() {
        return now().all.stream().flatMap(entry -> entry.inputs().stream()).toList();
    }

    /** The new epoch, or 0 while another holds the lease. */
    long claim(String who, long time, long lease) {
        Image current = now();
        if (!current.holder.isEmpty() && !current.holder.equals(who) && current.heldUntil > time) {
            return 0;
        }
        Image next = change();
        next.epoch++;
        next.owner = who;
        next.holder = who;
        next.heldUntil = time + lease;
        return next.epoch;
    }

    private boolean owns(String who, long epoch) {
        return now().owner.equals(who) && now().epoch == epoch;
    }

    boolean renew(String who, long epoch, long time, long lease) {
        if (!owns(who, epoch)) {
            return false;
        }
        Image next = change();
        next.holder = who;
        next.heldUntil = time + lease;
        return true;
    }

    /**
     * @param bases the saves on which this one builds: only what changed since is in it
     * @param id of this save
     */
    Outcome save(
            String who,
            long epoch,
            long position,
            String tag,
            List<String> bases,
            String id,
            Map<String, byte @Nullable []> records) {
        if (!owns(who, epoch)) {
            return Outcome.FENCED;
        }
        if (bug != PlantedFault.SAVE_WITHOUT_TAG && !tag.isEmpty() && !tag.equals(tagAt(position))) {
            return Outcome.REGRESSED;
        }
        if (bug != PlantedFault.SAVE_ON_ANOTHER_BASE && !bases.contains(now().saveId)) {
            return Outcome.REGRESSED;
        }
        if (bug == PlantedFault.POSITION_SAVED_BEFORE_STATE) {
            Image first = change();
            first.saved = position;
            first.savedTag = tag;
        }
        Image next = change();
        records.forEach((key, bytes) -> {
            if (bytes == null) {
                next.records.remove(key);
            } else {
                next.records.put(key, bytes);
            }
        });
        next.saved = position;
        next.savedTag = tag;
        next.saveId = id;
        return Outcome.DONE;
    }

    private @Nullable String tagAt(long position) {
        Image current = now();
        if (position == current.saved) {
            return current.savedTag;
        }
        if (position == current.end) {
            return current.tag;
        }
        Stored entry = current.log.get(position);
        return entry == null ? null : entry.tag();
    }

    /** Never beyond what is saved, whoever asks. */
    void release(long position) {
        long upTo = bug == PlantedFault.TRIMMED_PAST_SAVED ? position : Math.min(now().saved, position);
        change().log.headMap(upTo, true).clear();
    }
}
