package io.grouppulse.faults;

import io.grouppulse.faults.RedisSite.Kind;
import io.grouppulse.faults.RedisSite.Persistence;
import io.grouppulse.faults.RedisSite.Setup;
import io.grouppulse.faults.Round.Plan;
import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The command {@code load-tests/run faults}: plans rounds of faults from a seed, runs them and prints the table. */
public final class FaultList {
    private static final int FAULTS_A_ROUND = 20;
    private static final Set<String> OPTIONS = Set.of(
            "faults",
            "seed",
            "nodes",
            "redis",
            "events",
            "groups",
            "batch",
            "only",
            "ack",
            "persistence",
            "min-replicas",
            "parallel",
            "slow");

    private FaultList() {}

    /**
     * Ends with 1 if anything was lost, counted twice or wrong that should not be, or if a fault could not be injected.
     *
     * @param args {@code --faults=30 --seed=1 --nodes=3 --redis=one|sentinel|cluster|all --events=100000 --groups=6
     *     --batch=60 --only=monitor-kill,… --persistence=none|rdb|everysec|always --ack=log|replica:N --min-replicas=N
     *     --parallel=1 --slow=15}
     */
    public static void main(String[] args) throws Exception {
        // Stopped from outside, it leaves no process behind.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        Table table = new Table();
        try {
            Map<String, String> options = options(args);
            run(plans(options), number(options, "parallel", 1), table);
        } catch (IllegalArgumentException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(2);
        } finally {
            System.out.println(table);
        }
        System.exit(table.all().stream().anyMatch(Table.Result::isWrong) ? 1 : 0);
    }

    /** Runs rounds, so many at a time. */
    static void run(List<Plan> plans, int parallel, Table table) throws Exception {
        Path directory = Files.createTempDirectory("grouppulse-faults");
        ExecutorService rounds = Executors.newFixedThreadPool(parallel);
        try {
            requireRights(plans, directory);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                Round round = new Round(plans.get(i), table);
                Path of = directory.resolve("round" + i);
                running.add(rounds.submit(() -> {
                    round.run(of);
                    return null;
                }));
            }
            for (Future<Void> round : running) {
                round.get();
            }
        } finally {
            rounds.shutdownNow();
            delete(directory);
        }
    }

    private static void requireRights(List<Plan> plans, Path directory) throws IOException {
        boolean jump = plans.stream().anyMatch(plan -> plan.faults().contains(Fault.CLOCK_JUMP));
        if (jump && !RunningServer.clockProblem().isEmpty()) {
            throw new IllegalArgumentException(RunningServer.clockProblem() + "; name other faults with --only");
        }
        if (plans.stream().flatMap(plan -> plan.faults().stream()).anyMatch(Fault::needsRoot)) {
            for (String problem : List.of(PacketFilter.problem(), OneRedis.diskProblem(directory))) {
                if (!problem.isEmpty()) {
                    throw new IllegalArgumentException(problem + "; name other faults with --only");
                }
            }
        }
    }

    /** Rounds of so many faults in all, each site in turn; each fault as often as its weight, in an order of the seed. */
    static List<Plan> plans(Map<String, String> options) {
        String redis = options.getOrDefault("redis", "all").toUpperCase(Locale.ROOT);
        List<Kind> sites = redis.equals("ALL") ? List.of(Kind.values()) : List.of(Kind.valueOf(redis));
        int faults = number(options, "faults", 30);
        int events = number(options, "events", 100 * faults);
        long seed = number(options, "seed", 1);
        int rounds = Math.max(sites.size(), (faults + FAULTS_A_ROUND - 1) / FAULTS_A_ROUND);
        Map<Kind, List<Fault>> left = new TreeMap<>();
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Kind site = sites.get(i % sites.size());
            int count = faults * (i + 1) / rounds - faults * i / rounds;
            List<Fault> some = new ArrayList<>();
            while (some.size() < count) {
                List<Fault> queue = left.computeIfAbsent(site, any -> new ArrayList<>());
                if (queue.isEmpty()) {
                    queue.addAll(shuffled(site, options.getOrDefault("only", ""), seed + i));
                }
                some.add(queue.remove(queue.size() - 1));
            }
            plans.add(new Plan(
                    site,
                    number(options, "nodes", 3),
                    some,
                    (int) ((long) events * count / faults),
                    number(options, "groups", 6),
                    number(options, "batch", 60),
                    Duration.ofMillis(100),
                    new Setup(
                            Persistence.valueOf(options.getOrDefault("persistence", "everysec")
                                    .toUpperCase(Locale.ROOT)),
                            options.containsKey("min-replicas") ? number(options, "min-replicas", 1) : 0),
                    options.getOrDefault("ack", ""),
                    Duration.ofSeconds(number(options, "slow", 15)),
                    seed + i));
        }
        return plans;
    }

    private static List<Fault> shuffled(Kind site, String only, long seed) {
        List<String> named = only.isEmpty() ? List.of() : Arrays.asList(only.split(",", -1));
        List<Fault> faults = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (fault.isFor(site) && (named.isEmpty() || named.contains(fault.id()))) {
                faults.addAll(
                        Collections.nCopies(named.isEmpty() ? fault.weight() : Math.max(1, fault.weight()), fault));
            }
        }
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("none of the faults '" + only + "' is for the site " + site);
        }
        Collections.shuffle(faults, new Random(seed));
        return faults;
    }

    private static int number(Map<String, String> options, String name, int usual) {
        String text = options.getOrDefault(name, Integer.toString(usual));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("--" + name + "=" + text + " is no whole number above 0");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new TreeMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            if (pair.length < 2 || !OPTIONS.contains(pair[0])) {
                throw new IllegalArgumentException(
                        "'" + arg + "' is no option; expected --name=value with a name of " + OPTIONS);
            }
            options.put(pair[0], pair[1]);
        }
        return options;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("files are left in " + directory + ": " + e.getMessage());
        }
    }
}
