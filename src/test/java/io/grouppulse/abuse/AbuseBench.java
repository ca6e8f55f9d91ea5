package io.grouppulse.abuse;

import io.grouppulse.abuse.Bystanders.Told;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command {@code load-tests/run abuse}: each way of wearing a server out against a monitor of its own, what it holds before, under
 * it and after, and how long a producer, a screen and newcomers wait meanwhile.
 */
public final class AbuseBench {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private AbuseBench() {}

    /** @param args {@code sockets=10000 slow=2000 floods=16 seconds=10 patience=0 only=pings,questions} */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = Arrays.stream(args)
                .map(arg -> arg.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1]));
        int sockets = Integer.parseInt(options.getOrDefault("sockets", "10000"));
        Duration time = Duration.ofSeconds(Long.parseLong(options.getOrDefault("seconds", "10")));
        Duration patience = Duration.ofSeconds(Long.parseLong(options.getOrDefault("patience", "0")));
        List<Abuse> abuses = Abuses.all(new Abuses.Sizes(
                sockets,
                Integer.parseInt(options.getOrDefault("slow", "2000")),
                Integer.parseInt(options.getOrDefault("floods", "16")),
                1L << 30));
        List<String> only =
                options.containsKey("only") ? List.of(options.get("only").split(",", -1)) : List.of();
        System.out.println("""
                | | came of it | heap, MiB | memory, MiB | threads | descriptors | producer, ms | screen, ms | newcomer, ms | without an answer |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""");
        for (Abuse abuse : abuses) {
            if (only.isEmpty() || only.contains(abuse.name())) {
                System.out.println(row(abuse, time, patience));
            }
            abuse.close();
        }
        System.exit(0);
    }

    private static String row(Abuse abuse, Duration time, Duration patience) throws Exception {
        ServerOptions options = new ServerOptions(List.of("-Xmx1g", "-XX:+UseG1GC"), List.of("serve"), Map.of());
        try (RunningServer server = RunningServer.start(options);
                Bystanders bystanders = new Bystanders(server.baseUrl().getPort())) {
            Deadline.pause(WARM_UP);
            bystanders.tell();
            Deadline.pause(QUIET);
            Told before = bystanders.tell();
            Vitals atFirst = Vitals.of(server);
            abuse.begin(server.baseUrl().getPort());
            Deadline.pause(time);
            Told during = bystanders.tell();
            Vitals under = vitals(server);
            if (abuse instanceof Crowd crowd) {
                Deadline.in(patience).until(crowd::isTurnedOut);
            }
            String outcome = abuse.outcome();
            abuse.close();
            Deadline.pause(QUIET);
            bystanders.tell();
            Deadline.pause(QUIET);
            Told after = bystanders.tell();
            Vitals atLast = vitals(server);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d → %d → %d | %d → %d → %d | %d → %d → %d | %d → %d → %d | %s → %s → %s | %s → %s → %s | %s → %s → %s | %d |",
                    abuse.name(),
                    server.isAlive() ? outcome : outcome + "; **the server ended**",
                    atFirst.heapMib(),
                    under.heapMib(),
                    atLast.heapMib(),
                    atFirst.residentMib(),
                    under.residentMib(),
                    atLast.residentMib(),
                    atFirst.threads(),
                    under.threads(),
                    atLast.threads(),
                    atFirst.descriptors(),
                    under.descriptors(),
                    atLast.descriptors(),
                    pair(before.producerMedian(), before.producerMost()),
                    pair(during.producerMedian(), during.producerMost()),
                    pair(after.producerMedian(), after.producerMost()),
                    pair(before.screenMedian(), before.screenMost()),
                    pair(during.screenMedian(), during.screenMost()),
                    pair(after.screenMedian(), after.screenMost()),
                    pair(before.newcomerMedian(), before.newcomerMost()),
                    pair(during.newcomerMedian(), during.newcomerMost()),
                    pair(after.newcomerMedian(), after.newcomerMost()),
                    before.failures() + during.failures() + during.missing() + after.failures() + after.missing());
        }
    }

    private static Vitals vitals(RunningServer server) throws IOException, InterruptedException {
        return server.isAlive() ? Vitals.of(server) : new Vitals(-1, -1, -1, -1);
    }

    private static String pair(long median, long most) {
        return median + "/" + most;
    }
}
