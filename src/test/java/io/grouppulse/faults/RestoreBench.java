package io.grouppulse.faults;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The command {@code load-tests/run restore}: how soon a monitor with many groups is ready again after kill -9. */
public final class RestoreBench {
    private static final int EVENTS_A_GROUP = 4;
    private static final int EVENTS_A_BATCH = 10_000;
    private static final int STARTS = 3;
    private static final Duration APPLIED_WITHIN = Duration.ofMinutes(5);
    private static final Duration SAVED_WITHIN = Duration.ofSeconds(30);

    private RestoreBench() {}

    /** @param args {@code --groups=100000} */
    public static void main(String[] args) throws Exception {
        int groups = args.length == 0 ? 100_000 : Integer.parseInt(args[0].replaceFirst("^--groups=", ""));
        ServerOptions options = new ServerOptions(List.of("-Xmx4g"), List.of("serve"), Map.of()).with("clock", "event");
        System.out.printf(
                "| store | groups | saved | ready after, of %d starts: least – most |%n| --- | --- | --- | --- |%n",
                STARTS);
        measure("embedded", options, groups, server -> sizeOf(server.dataDirectory()));
        Path directory = Files.createTempDirectory("grouppulse-restore");
        try (RedisServer redis = RedisServer.start(directory, "--appendonly", "yes")) {
            measure("Redis", options.with("store", redis.address()), groups, server -> memoryOf(redis));
        }
    }

    private static void measure(String store, ServerOptions options, int groups, Size size) throws Exception {
        try (RunningServer server = RunningServer.start(options)) {
            MonitorApi api = new MonitorApi(server.baseUrl());
            List<GroupEvent> batch = new ArrayList<>();
            for (int i = 0; i < groups * EVENTS_A_GROUP; i++) {
                batch.add(event(i, groups));
                if (batch.size() == EVENTS_A_BATCH) {
                    api.send(EventBodies.body(batch, Form.LINES), "");
                    batch.clear();
                }
            }
            long all = (long) groups * EVENTS_A_GROUP;
            if (!Deadline.in(APPLIED_WITHIN).until(() -> MonitorApi.sum(api.get("api/v1/sources"), "applied") == all)) {
                throw new IllegalStateException("the events were not applied within " + APPLIED_WITHIN);
            }
            Deadline.pause(SAVED_WITHIN);
            long saved = size.of(server);
            List<Duration> starts = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                server.kill();
                long begun = System.nanoTime();
                server.restart();
                starts.add(Duration.ofNanos(System.nanoTime() - begun));
                requireAll(api, groups);
            }
            starts.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d MB | %.1f – %.1f s |%n",
                    store,
                    groups,
                    saved / 1_000_000,
                    starts.get(0).toMillis() / 1_000.0,
                    starts.get(STARTS - 1).toMillis() / 1_000.0);
        }
    }

    private interface Size {
        /** In bytes. */
        long of(RunningServer server) throws IOException;
    }

    private static long sizeOf(Path directory) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static long memoryOf(RedisServer redis) throws IOException {
        return Long.parseLong(redis.command("INFO", "memory").replaceFirst("(?s).*\\bused_memory:([0-9]+).*", "$1"));
    }

    private static void requireAll(MonitorApi api, int groups) throws Exception {
        long restored = api.get("api/v1/orgs").path("groups").path("total").longValue();
        if (restored != groups) {
            throw new IllegalStateException(restored + " groups of " + groups + " were restored");
        }
    }

    private static GroupEvent event(int i, int groups) {
        EventType type = i / groups % 2 == 0 ? EventType.MESSAGE_SENT : EventType.PRODUCT_VIEWED;
        return EventBuilder.event(type, RandomHistory.MIDNIGHT + i / groups * 1_000L, "e" + i)
                .group("g" + i % groups)
                .member("m" + i / groups)
                .build();
    }
}
