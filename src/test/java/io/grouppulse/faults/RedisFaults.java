package io.grouppulse.faults;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.faults.Fault.Healing;
import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What happens to a Redis server that nobody takes the place of. */
final class RedisFaults {
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(2);
    private static final int BATCHES_LOST = 3;
    private static final int MEBIBYTE = 1 << 20;

    private RedisFaults() {}

    static Injected slow(Scene scene) throws Exception {
        int millis = scene.random().nextInt(200, 2_500);
        scene.site().master(scene.random()).command("CLIENT", "PAUSE", Integer.toString(millis), "ALL");
        Deadline.pause(Duration.ofMillis(millis));
        return Injected.since(System.nanoTime());
    }

    static Injected fill(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        master.command("CONFIG", "SET", "maxmemory", "1");
        Deadline.pause(Duration.ofMillis(scene.random().nextInt(500, 2_500)));
        master.command("CONFIG", "SET", "maxmemory", "0");
        return Injected.since(System.nanoTime());
    }

    static Injected fillDisk(Scene scene) throws Exception {
        Path filler = scene.site().servers().get(0).directory().resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[MEBIBYTE]);
            }
        } catch (IOException full) {
            Deadline.pause(Duration.ofMillis(scene.random().nextInt(500, 2_500)));
        } finally {
            Files.delete(filler);
        }
        return Injected.since(System.nanoTime());
    }

    /**
     * While a forcing of the disk is under way, {@code everysec} answers before it has written: for up to two seconds the
     * end of the log is in the memory of Redis alone.
     */
    static Injected kill(Scene scene) throws Exception {
        RedisServer redis = scene.site().master(scene.random());
        int before = scene.ledger().all().size();
        Deadline.pause(WRITTEN_WITHIN);
        long since = System.nanoTime();
        redis.kill();
        List<List<GroupEvent>> acknowledged = scene.ledger().all();
        redis.restart();
        return new Injected(since, Healing.NOTHING, acknowledged.subList(before, acknowledged.size()));
    }

    static Injected pause(Scene scene) throws Exception {
        RedisServer redis = scene.site().master(scene.random());
        redis.freeze();
        Deadline.pause(Duration.ofMillis(scene.random().nextInt(200, 7_000)));
        redis.thaw();
        return Injected.since(System.nanoTime());
    }

    /** The AOF ends where it ended before some batches, or within the first of their commands. */
    static Injected truncate(Scene scene) throws Exception {
        RedisServer redis = scene.site().master(scene.random());
        List<List<GroupEvent>> after = new ArrayList<>();
        try (Producer.Quiet quiet = scene.producer().quiet()) {
            Path file = newestAof(redis.directory());
            long size = Files.size(file) + scene.random().nextInt(2) * 10L;
            for (int i = 0; i < BATCHES_LOST; i++) {
                after.add(quiet.send());
            }
            redis.kill();
            try (FileChannel aof = FileChannel.open(file, StandardOpenOption.WRITE)) {
                aof.truncate(Math.min(size, aof.size()));
            }
            long since = System.nanoTime();
            redis.restart();
            return new Injected(since, Healing.NOTHING, after);
        }
    }

    /**
     * What {@code everysec} has not forced to the disk is at least what was written within the last second; the kernel
     * would lose that, kill -9 does not. With {@code always} the last acknowledged command was forced.
     */
    static Injected losePower(Scene scene) throws Exception {
        RedisServer redis = scene.site().master(scene.random());
        Path file = newestAof(redis.directory());
        boolean isForced = redis.command("CONFIG", "GET", "appendfsync").contains("always");
        long size = Files.size(file);
        Deadline.pause(Duration.ofSeconds(1));
        redis.kill();
        try (FileChannel aof = FileChannel.open(file, StandardOpenOption.WRITE)) {
            aof.truncate(isForced ? aof.size() : size);
        }
        long since = System.nanoTime();
        redis.restart();
        return new Injected(since, Healing.NOTHING, scene.ledger().all());
    }

    private static Path newestAof(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
            return files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
