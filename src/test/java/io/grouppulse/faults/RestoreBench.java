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
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command {@code load-tests/run restore}: how soon a monitor with many groups is ready again after kill -9. */
public final class RestoreBench {
    private static final int EVENTS_A_GROUP = 4;
    private static final int EVENTS_A_BATCH = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SAVED_WITHIN = Duration.ofSeconds(30);

    private RestoreBench() {}

    /**
     * @param args {@code --groups=100000 --starts=3 --store=embedded|redis|both --jvm=-XX:…}, the last for the monitor that
     *     is started again, beside its heap of 4 GiB
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> given =
                new TreeMap<>(Map.of("groups", "100000", "starts", "3", "store", "both", "jvm", ""));
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            if (pair.length < 2 || given.replace(pair[0], pair[1]) == null) {
                System.err.println("restore: '" + arg + "' is no option; expected --name=value with a name of "
                        + String.join(", ", given.keySet()));
                System.exit(2);
            }
        }
        int groups = Integer.parseInt(of(given, "groups"));
        int starts = Integer.parseInt(of(given, "starts"));
        List<String> jvm = new ArrayList<>(List.of("-Xmx4g"));
        Stream.of(of(given, "jvm").split(","))
                .filter(option -> !option.isEmpty())
                .forEach(jvm::add);
        ServerOptions options = new ServerOptions(jvm, List.of("serve"), Map.of()).with("clock", "event");
        System.out.printf("| store | groups | saved | shows all after, by start |%n| --- | --- | --- | --- |%n");
        if (!of(given, "store").equals("redis")) {
            measure("embedded", options, groups, starts, server -> sizeOf(server.dataDirectory()));
        }
        if (!of(given, "store").equals("embedded")) {
            Path directory = Files.createTempDirectory("grouppulse-restore");
            try (RedisServer redis = RedisServer.start(directory, "--appendonly", "yes")) {
                measure("Redis", options.with("store", redis.address()), groups, starts, server -> memoryOf(redis));
            }
        }
    }

    private static String of(Map<String, String> given, String name) {
        return given.getOrDefault(name, "");
    }

    private static void measure(String store, ServerOptions options, int groups, int count, Size size)
            throws Exception {
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
            if (!batch.isEmpty()) {
                api.send(EventBodies.body(batch, Form.LINES), "");
            }
            long all = (long) groups * EVENTS_A_GROUP;
            await("the events were not applied", () -> MonitorApi.sum(api.get("api/v1/sources"), "applied") == all);
            Deadline.pause(SAVED_WITHIN);
            long saved = size.of(server);
            List<String> starts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                server.kill();
                long begun = System.nanoTime();
                server.restart();
                await("not all groups were shown", () -> shown(api) == groups);
                starts.add(String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d MB | %s |%n",
                    store,
                    groups,
                    saved / 1_000_000,
                    String.join(", ", starts));
        }
    }

    /** What is refused is asked again: it is what a monitor does that has not read everything yet. */
    private static void await(String otherwise, Deadline.Condition condition) throws Exception {
        boolean holds = Deadline.in(LIMIT).until(() -> {
            try {
                return condition.holds();
            } catch (IllegalStateException | IOException notYet) {
                return false;
            }
        });
        if (!holds) {
            throw new IllegalStateException(otherwise + " within " + LIMIT);
        }
    }

    private static long shown(MonitorApi api) throws Exception {
        return api.get("api/v1/orgs").path("groups").path("total").longValue();
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

    private static GroupEvent event(int i, int groups) {
        EventType type = i / groups % 2 == 0 ? EventType.MESSAGE_SENT : EventType.PRODUCT_VIEWED;
        return EventBuilder.event(type, RandomHistory.MIDNIGHT + i / groups * 1_000L, "e" + i)
                .group("g" + i % groups)
                .member("m" + i / groups)
                .build();
    }
}
