package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.eventlog.embedded.LogSettings;
import io.grouppulse.eventlog.embedded.MvGroupStore;
import io.grouppulse.eventlog.embedded.SegmentedLog;
import io.grouppulse.eventlog.embedded.StoreLayout;
import io.grouppulse.windowing.ShardEngine;
import io.grouppulse.windowing.ShardSaving;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A data.dir with many quiet groups in it, written by the product's own engine, log and group store, as a monitor leaves it
 * that was told of all of them some days ago: at the public door they would all have to be awake at once first.
 */
final class LargeStore {
    static final int SHARDS = 16;

    private static final int STORES = 2_000;
    private static final int CITIES = 50;
    private static final int GROUPS_AT_A_TIME = 2_000;
    private static final int PEOPLE = 90_000_000;
    private static final int FIRST_PERSON = 10_000_000;
    private static final long DAY = 86_400_000;

    private final Path data;
    private final int groups;
    private final int members;
    private final long toldAt;
    private final long now = System.currentTimeMillis();
    private final ShardMap shards = new ShardMap(SHARDS);

    /** @param quietDays since when nothing has happened in any of them */
    LargeStore(Path data, int groups, int members, int quietDays) {
        this.data = data;
        this.groups = groups;
        this.members = members;
        this.toldAt = now - quietDays * DAY;
    }

    static String id(int group) {
        return "g" + (1_000_000 + group);
    }

    static String org(int group) {
        int store = group % STORES;
        return "chain/city-" + store % CITIES + "/store-" + store;
    }

    /** Someone of the group's roster. */
    static String member(int group, int member) {
        long mixed = (group * 1_000L + member) * 0x9E3779B97F4A7C15L;
        return "u" + (FIRST_PERSON + (mixed >>> 1) % PEOPLE);
    }

    void write() throws Exception {
        Vertx vertx = Vertx.vertx();
        StoreLayout layout = StoreLayout.open(data, SHARDS);
        SegmentedLog log = SegmentedLog.open(vertx, layout, LogSettings.DEFAULTS, AppendListener.NONE);
        MvGroupStore store = MvGroupStore.open(vertx, layout);
        try {
            for (int shard = 0; shard < SHARDS; shard++) {
                write(shard, log, store);
            }
        } finally {
            await(log.close());
            await(store.close());
            layout.close();
            await(vertx.close());
        }
    }

    /** What the log held of them is in the saved states, but for an entry that shows where it stood. */
    private void write(int shard, SegmentedLog log, MvGroupStore store) throws Exception {
        List<Integer> own = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            if (shards.shardOf(id(group)) == shard) {
                own.add(group);
            }
        }
        if (own.isEmpty()) {
            return;
        }
        LogEntry last = new LogEntry(shard, 0, toldAt, toldAt, List.of(profile(own.get(0))));
        long position = await(log.append(List.of(last))).get(0).position();
        Future<Void> saved = Future.succeededFuture();
        for (int from = 0; from < own.size(); from += GROUPS_AT_A_TIME) {
            List<Integer> some = own.subList(from, Math.min(own.size(), from + GROUPS_AT_A_TIME));
            ShardSaving.Round round = round(shard, position, some);
            await(saved);
            saved = store.save(shard, position, round.records());
        }
        await(saved);
    }

    private ShardSaving.Round round(int shard, long position, List<Integer> some) {
        ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
        List<GroupInput> inputs = new ArrayList<>();
        for (int group : some) {
            inputs.add(profile(group));
            inputs.add(roster(group));
            talk(group, inputs);
        }
        engine.apply(new LogEntry(shard, position, toldAt, toldAt, inputs));
        engine.tick(toldAt);
        engine.tick(now);
        ShardSaving.Round round = engine.saving().begin(position);
        boolean more = true;
        while (more) {
            more = round.writeSome(GROUPS_AT_A_TIME);
        }
        return round;
    }

    private static GroupProfile profile(int group) {
        return new GroupProfile(id(group), "福利" + group + "群", List.of(org(group)), 500, List.of(), null);
    }

    private GroupRoster roster(int group) {
        List<GroupRoster.Entry> entries = new ArrayList<>(members);
        for (int member = 0; member < members; member++) {
            entries.add(new GroupRoster.Entry(member(group, member), Role.CUSTOMER));
        }
        return new GroupRoster(id(group), toldAt, 1, entries);
    }

    /** Three messages and a paid order, within the ten minutes before all was told. */
    private void talk(int group, List<GroupInput> to) {
        SplittableRandom random = new SplittableRandom(group);
        for (int i = 0; i < 4; i++) {
            boolean paid = i == 3;
            String order = paid ? "o" + group : null;
            to.add(new GroupEvent(
                    "bench", group + "-" + i, paid ? EventType.ORDER_PAID : EventType.MESSAGE_SENT,
                    toldAt - random.nextLong(600_000), id(group), member(group, random.nextInt(Math.max(1, members))), null,
                    order, paid ? 1_990 : GroupEvent.NO_AMOUNT, null, 0, null, null, null, null, null, null, null));
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
