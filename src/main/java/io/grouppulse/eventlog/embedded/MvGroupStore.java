package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.GroupStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The saved groups of all shards in one file, read and written by one worker thread. Safe to call from any thread. */
public final class MvGroupStore implements GroupStore {
    private static final long SLOW_SECONDS = 30;

    private final GroupFile file;
    private final int shards;
    private final WorkerExecutor worker;

    private MvGroupStore(GroupFile file, int shards, WorkerExecutor worker) {
        this.file = file;
        this.shards = shards;
        this.worker = worker;
    }

    /**
     * Opens the file, creating it if need be; blocks.
     *
     * @throws io.grouppulse.eventlog.LogDamagedException if it is not what was written
     */
    public static MvGroupStore open(Vertx vertx, StoreLayout layout) {
        GroupFile file = new GroupFile(layout.groupsFile());
        file.open();
        // One thread: a commit takes in all changes, so that two saves at a time would not be atomic.
        WorkerExecutor worker = vertx.createSharedWorkerExecutor(
                "grouppulse-groups-" + layout.directory(), 1, SLOW_SECONDS, TimeUnit.SECONDS);
        return new MvGroupStore(file, layout.shards(), worker);
    }

    @Override
    public Future<Saved> load(int shard) {
        requireShard(shard);
        return worker.executeBlocking(() -> file.load(shard), false);
    }

    /** The arrays must not be changed until the future completes. */
    @Override
    public Future<Void> save(int shard, long position, Map<String, byte @Nullable []> changed) {
        requireShard(shard);
        Map<String, byte @Nullable []> copy = new HashMap<>(changed);
        return worker.<Void>executeBlocking(
                () -> {
                    file.save(shard, position, copy);
                    return null;
                },
                false);
    }

    @Override
    public Future<Void> rewrite() {
        return worker.<Void>executeBlocking(
                () -> {
                    file.rewrite();
                    return null;
                },
                false);
    }

    @Override
    public Future<Void> close() {
        return worker.<Void>executeBlocking(
                        () -> {
                            file.close();
                            return null;
                        },
                        false)
                .eventually(worker::close);
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("no shard " + shard + " of " + shards);
        }
    }
}
