package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.positions;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.LogUnavailableException;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** What runs in a process that is killed or short of disk: it says on stdout what it was told is durable. */
final class StoreChild {
    static final int LARGE = 100_000;

    /** Tells what the child says from what its libraries log. */
    static final String MARK = "> ";

    private final Vertx vertx = Vertx.vertx();
    private final StoreLayout layout;
    private final String run;

    private StoreChild(Path directory, String run) {
        this.layout = StoreLayout.open(directory, LogHarness.SHARDS);
        this.run = run;
    }

    public static void main(String[] args) {
        StoreChild child = new StoreChild(Path.of(args[1]), args[2]);
        switch (args[0]) {
            case "append" -> child.appendForEver();
            case "save" -> child.saveForEver();
            case "fill-log" -> child.fillLog();
            case "fill-groups" -> child.fillGroups();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    private static synchronized void say(String line) {
        System.out.println(MARK + line);
    }

    private SegmentedLog log(long segmentBytes) {
        return SegmentedLog.open(vertx, layout, new LogSettings(segmentBytes), AppendListener.NONE);
    }

    private void appendForEver() {
        SegmentedLog log = log(20_000);
        for (int appender = 0; appender < 8; appender++) {
            int shard = appender % LogHarness.SHARDS;
            String prefix = run + "-" + appender + "-";
            vertx.runOnContext(v -> appendNext(log, shard, prefix, 0));
        }
        sleepForEver();
    }

    private static void appendNext(SegmentedLog log, int shard, String prefix, int i) {
        String id = prefix + i;
        log.append(List.of(entry(shard, id), entry(shard, id + "b"))).onComplete(done -> {
            if (done.succeeded()) {
                say(shard + " " + done.result().get(0).position() + " " + id);
                say(shard + " " + done.result().get(1).position() + " " + id + "b");
            }
            appendNext(log, shard, prefix, i + 1);
        });
    }

    private void saveForEver() {
        MvGroupStore store = MvGroupStore.open(vertx, layout);
        for (long i = await(store.load(0)).position() + 1; ; i++) {
            byte[] record = Long.toString(i).getBytes(StandardCharsets.UTF_8);
            await(store.save(0, i, Map.of("a", record, "b", record, "k" + i % 50, new byte[5_000])));
            say(Long.toString(i));
        }
    }

    private void fillLog() {
        SegmentedLog log = log(64 << 20);
        for (int i = 0; i < 100; i++) {
            append(log, "large" + i, LARGE);
        }
        append(log, "small", 10);
        await(log.close());
    }

    private static void append(SegmentedLog log, String id, int size) {
        try {
            say("stored " + id + " " + positions(await(log.append(List.of(entry(0, id, size))))));
        } catch (LogUnavailableException e) {
            say("refused " + id + " " + e.getMessage());
        }
    }

    private void fillGroups() {
        MvGroupStore store = MvGroupStore.open(vertx, layout);
        for (int i = 0; i < 60; i++) {
            save(store, "large" + i, LARGE, i + 1);
        }
        save(store, "small", 10, 1000);
        await(store.close());
    }

    private static void save(MvGroupStore store, String key, int size, long position) {
        byte[] record = new byte[size];
        new Random(position).nextBytes(record);
        try {
            await(store.save(0, position, Map.of(key, record)));
            say("stored " + key);
        } catch (LogUnavailableException e) {
            say("refused " + key + " " + e.getMessage());
        }
    }

    private static void sleepForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
