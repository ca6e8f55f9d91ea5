package io.grouppulse.windowing;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ReplicatedStore.Outcome;
import io.grouppulse.windowing.ReplicatedStore.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A monitor without Vert.x: claims shards, follows their logs as {@code eventlog/redis/ShardFeed} does, saves. It can be
 * killed, and stand still; what it had sent before arrives nevertheless.
 */
final class SimulatedWorker {
    private static final int ENTRIES_AT_A_TIME = 4;

    private final String name;
    private final List<ReplicatedStore> stores;
    private final GroupSettings settings;
    private final PlantedFault bug;
    private final Consumer<String> trace;
    private final Map<Integer, Owned> owned = new TreeMap<>();
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long pausedUntil;
    private int saves;

    SimulatedWorker(
            String name,
            List<ReplicatedStore> stores,
            GroupSettings settings,
            PlantedFault bug,
            Consumer<String> trace) {
        this.name = name;
        this.stores = stores;
        this.settings = settings;
        this.bug = bug;
        this.trace = trace;
    }

    /** A shard as this worker believes to own it. */
    private final class Owned {
        private final int shard;
        private final Map<Long, String> tags = new HashMap<>();
        private ShardEngine engine;
        private long epoch;
        private long position;
        private String tag;
        private List<String> bases;

        Owned(int shard, long epoch) {
            this.shard = shard;
            this.epoch = epoch;
            ReplicatedStore store = stores.get(shard);
            this.engine = new ShardEngine(settings, true);
            this.position = store.saved();
            this.tag = store.savedTag();
            engine.restore(position, store.records());
            tags.put(position, tag);
            bases = List.of(store.saveId());
        }
    }

    /** A save on its way. */
    private record Sent(Owned from, long epoch, ShardSaving.Round round, String tag, String id) {}

    void pauseUntil(long until) {
        pausedUntil = until;
    }

    /** Memory is gone; what was sent is on its way. */
    void crash() {
        owned.clear();
    }

    boolean owns(int shard) {
        Owned one = owned.get(shard);
        return one != null && stores.get(shard).renew(name, one.epoch, Long.MAX_VALUE / 2, 1);
    }

    ShardEngine engine(int shard) {
        Owned one = owned.get(shard);
        if (one == null) {
            throw new IllegalStateException(name + " does not own shard " + shard);
        }
        return one.engine;
    }

    /** Renews or claims every shard, and reads on. */
    void turn(long time, long lease) {
        if (time < pausedUntil) {
            return;
        }
        for (int shard = 0; shard < stores.size(); shard++) {
            Owned one = owned.get(shard);
            if (one != null && !stores.get(shard).renew(name, one.epoch, time, lease)) {
                one = contest(one, time, lease);
            }
            if (one == null) {
                one = claim(shard, time, lease);
            }
            if (one != null) {
                read(one);
            }
        }
    }

    private @Nullable Owned claim(int shard, long time, long lease) {
        long epoch = stores.get(shard).claim(name, time, lease);
        if (epoch == 0) {
            return null;
        }
        Owned fresh = new Owned(shard, epoch);
        owned.put(shard, fresh);
        trace.accept(name + " takes " + shard + " epoch " + epoch + " at " + fresh.position);
        return fresh;
    }

    /** As Ownership does: if nobody holds the lease, Redis has forgotten who owns it, and it is claimed again. */
    private @Nullable Owned contest(Owned one, long time, long lease) {
        long epoch = stores.get(one.shard).claim(name, time, lease);
        if (epoch == 0) {
            trace.accept(name + " is fenced from " + one.shard);
            owned.remove(one.shard);
            return null;
        }
        one.epoch = epoch;
        return one;
    }

    private void read(Owned one) {
        ReplicatedStore store = stores.get(one.shard);
        boolean isOther = store.end() == one.position
                && !one.tag.isEmpty()
                && !store.endTag().equals(one.tag);
        boolean isShorter = store.end() < one.position;
        if (isShorter && bug == PlantedFault.DEAF_READER) {
            return;
        }
        if (isShorter || (isOther && bug != PlantedFault.ONLY_THE_LENGTH_IS_COMPARED)) {
            reload(one);
            return;
        }
        List<Stored> entries = store.after(one.position, ENTRIES_AT_A_TIME);
        if (entries.isEmpty() && store.end() > one.position) {
            reload(one);
            return;
        }
        for (Stored stored : entries) {
            boolean follows = stored.entry().position() == one.position + 1
                    && (one.tag.isEmpty() || one.tag.equals(stored.before()));
            if (!follows && bug != PlantedFault.ONLY_THE_LENGTH_IS_COMPARED && bug != PlantedFault.DEAF_READER) {
                reload(one);
                return;
            }
            apply(one, stored);
        }
    }

    private void apply(Owned one, Stored stored) {
        one.engine.apply(stored.entry());
        if (bug == PlantedFault.DOUBLE_APPLY_AT_TAKEOVER && one.tags.size() == 1) {
            LogEntry entry = stored.entry();
            ShardEngine engine = one.engine;
            List<GroupInput> renamed = new ArrayList<>();
            entry.inputs().forEach(input -> renamed.add(SimulatedShards.withId((GroupEvent) input)));
            Objects.requireNonNull(engine.group(entry.inputs().get(0).group()))
                    .apply((GroupEvent) renamed.get(0), entry.receivedAt(), engine.t());
        }
        one.position = stored.entry().position();
        one.tag = stored.tag();
        one.tags.put(one.position, one.tag);
        trace.accept(name + " applies " + one.position + " of " + one.shard);
    }

    /** What memory holds is not of the log any more. */
    private void reload(Owned one) {
        trace.accept(name + " reads " + one.shard + " again");
        if (bug == PlantedFault.NO_RELOAD_AFTER_FAIL_OVER) {
            one.position = Math.min(one.position, stores.get(one.shard).end());
            one.tag = "";
            return;
        }
        Owned fresh = new Owned(one.shard, one.epoch);
        owned.put(one.shard, fresh);
    }

    /** A round is written now; it arrives later, or never. */
    void beginSave(int shard, long time) {
        Owned one = owned.get(shard);
        if (time < pausedUntil || one == null || !one.engine.saving().hasUnsaved()) {
            return;
        }
        boolean isUnderWay = sent.stream().anyMatch(round -> round.from() == one);
        if (isUnderWay) {
            return;
        }
        ShardSaving.Round round = one.engine.saving().begin(one.position);
        boolean more = true;
        while (more) {
            more = round.writeSome(1);
        }
        sent.addLast(new Sent(one, one.epoch, round, one.tags.getOrDefault(one.position, ""), name + "-" + saves++));
    }

    /**
     * @param isLost whether the connection breaks
     * @param answerLost whether it breaks only on the way back
     */
    void deliverSave(boolean isLost, boolean answerLost) {
        Sent save = sent.pollFirst();
        if (save == null) {
            return;
        }
        Owned from = save.from();
        ReplicatedStore store = stores.get(from.shard);
        boolean arrives = !isLost || answerLost;
        Outcome outcome = arrives
                ? store.save(
                        name,
                        save.epoch(),
                        save.round().position(),
                        save.tag(),
                        from.bases,
                        save.id(),
                        save.round().records())
                : Outcome.FENCED;
        trace.accept(name + " saves " + save.round().position() + ": " + outcome);
        if (outcome == Outcome.DONE && !isLost) {
            from.bases = List.of(save.id());
            store.release(save.round().position());
        } else if (bug != PlantedFault.FAILED_SAVE_FORGOTTEN) {
            List<String> either = new ArrayList<>(from.bases);
            either.add(save.id());
            from.bases = either;
            save.round().failed();
        }
        if (outcome == Outcome.REGRESSED && owned.get(from.shard) == from) {
            reload(from);
        }
    }

    /** Says that everything it has applied may be freed. */
    void release(int shard) {
        Owned one = owned.get(shard);
        if (one != null) {
            stores.get(shard).release(one.position);
        }
    }
}
