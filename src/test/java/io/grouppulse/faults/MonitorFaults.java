package io.grouppulse.faults;

import io.grouppulse.faults.Fault.Healing;
import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to monitors. */
final class MonitorFaults {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration FENCED_LIMIT = Duration.ofSeconds(90);
    private static final Duration TRIMMED_LIMIT = Duration.ofSeconds(90);
    private static final Duration JUMP = Duration.ofHours(1);
    private static final Duration SHIFTED_LIMIT = Duration.ofSeconds(60);
    private static final String LOOPBACK = "127.0.0.1";

    private MonitorFaults() {}

    static Injected kill(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        long since = System.nanoTime();
        monitor.launch();
        return Injected.since(since);
    }

    /** It stays away until the others have made up for it. */
    static Injected killForGood(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        long since = System.nanoTime();
        monitor.kill();
        return Injected.since(since);
    }

    static Injected pause(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        long since = System.nanoTime();
        monitor.freeze();
        return Injected.since(since, () -> thaw(monitor));
    }

    /** What the one that stands still would read next is no longer there when it goes on. */
    static Injected pauseUntilTrimmed(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        long since = System.nanoTime();
        monitor.freeze();
        List<Long> ends = positions(scene, "last-generated-id");
        Healing trimmed = () -> {
            boolean isTrimmed = Deadline.in(TRIMMED_LIMIT).until(() -> {
                scene.producer().probe();
                List<Long> begins = positions(scene, "first-entry");
                for (int i = 0; i < ends.size(); i++) {
                    if (begins.get(i) > ends.get(i) + 1) {
                        return true;
                    }
                }
                return false;
            });
            if (!isTrimmed) {
                throw new IllegalStateException("no log was trimmed within " + TRIMMED_LIMIT);
            }
            thaw(monitor);
        };
        return Injected.since(since, trimmed);
    }

    /** It was replaced meanwhile, has to see that, and takes part again. */
    private static void thaw(RunningServer zombie) throws Exception {
        zombie.thaw();
        if (!Deadline.in(FENCED_LIMIT).until(() -> zombie.said().contains("fenced"))) {
            throw new IllegalStateException("a monitor that stood still was not fenced:\n" + zombie.said());
        }
    }

    static Injected restartEach(Scene scene) throws Exception {
        long since = System.nanoTime();
        for (RunningServer monitor : scene.fleet().all()) {
            scene.fleet().awaitAll();
            since = System.nanoTime();
            requireWellEnded(monitor);
            monitor.launch();
        }
        return Injected.since(since);
    }

    static Injected scale(Scene scene) throws Exception {
        int nodes = scene.fleet().all().size();
        scene.fleet().scale(2);
        scene.producer().probe();
        scene.fleet().scale(5);
        scene.producer().probe();
        long since = System.nanoTime();
        scene.fleet().scale(nodes);
        return Injected.since(since);
    }

    /** Longer or shorter than a command may take. */
    static Injected cutOff(Scene scene) throws Exception {
        List<String> redis =
                scene.site().servers().stream().map(RedisServer::host).toList();
        scene.filter().cut(LOOPBACK, redis);
        Deadline.pause(Duration.ofMillis(scene.random().nextInt(500, 7_000)));
        scene.filter().heal();
        return Injected.since(System.nanoTime());
    }

    /** The other monitors and Redis keep theirs. It is set right again once the numbers are. */
    static Injected shiftClock(Scene scene) throws Exception {
        RunningServer monitor = scene.fleet().serving();
        Duration by = scene.random().nextBoolean() ? JUMP : JUMP.negated();
        monitor.shiftClock(by);
        if (!Deadline.in(SHIFTED_LIMIT).until(() -> isShifted(monitor, by))) {
            throw new IllegalStateException("the clock of a monitor did not jump");
        }
        return Injected.since(System.nanoTime(), () -> monitor.shiftClock(Duration.ZERO));
    }

    /** What it refuses, it notes with the time of its clock; one that looks at its leases anew meanwhile is asked again. */
    private static boolean isShifted(RunningServer monitor, Duration by) throws InterruptedException {
        MonitorApi api = new MonitorApi(monitor.baseUrl());
        long noted;
        try {
            api.sendOnce(new MonitorApi.Body("application/json", false, "{}".getBytes(StandardCharsets.UTF_8)), "");
            noted = api.get("api/v1/rejects?limit=1").at("/items/0/at").longValue();
        } catch (IllegalStateException | IOException notNow) {
            return false;
        }
        long apart = noted - System.currentTimeMillis() - by.toMillis();
        return Math.abs(apart) < JUMP.toMillis() / 2;
    }

    private static void requireWellEnded(RunningServer monitor) throws InterruptedException {
        int code = monitor.terminate(STOP_LIMIT);
        if (code != 0) {
            throw new IllegalStateException("a monitor told to end did so with " + code + ":\n" + monitor.said());
        }
    }

    /** Of each shard's log one of its positions, 0 where there is none. */
    private static List<Long> positions(Scene scene, String which) throws IOException {
        List<Long> positions = new ArrayList<>();
        for (int shard = 0; shard < Round.SHARDS; shard++) {
            String info = scene.site().ask("XINFO", "STREAM", "{gp:" + shard + "}:log");
            String id =
                    info.substring(info.indexOf(which) + which.length()).replaceFirst("(?s).*?0-([0-9]+)\r\n.*", "$1");
            positions.add(id.matches("[0-9]+") ? Long.parseLong(id) : 0);
        }
        return positions;
    }
}
