package io.grouppulse.faults;

import io.grouppulse.faults.RedisSite.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The command {@code load-tests/run faults}. */
public final class FaultList {
    private FaultList() {}

    /** Options are {@code --faults=30 --seed=1 --nodes=3 --redis=one|sentinel|cluster|all --events=3000 --only=monitor-kill,…}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = options(args);
        int faults = Integer.parseInt(options.getOrDefault("faults", "30"));
        long seed = Long.parseLong(options.getOrDefault("seed", "1"));
        int nodes = Integer.parseInt(options.getOrDefault("nodes", "3"));
        int events = Integer.parseInt(options.getOrDefault("events", Integer.toString(100 * faults)));
        Kind site = Kind.valueOf(options.getOrDefault("redis", "one").toUpperCase(Locale.ROOT));
        Map<String, Kind> sites = new TreeMap<>();
        List<Fault> possible = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (fault.isFor(site)
                    && (!options.containsKey("only") || List.of(options.get("only").split(",")).contains(fault.id()))) {
                for (int i = 0; i < fault.weight(); i++) {
                    possible.add(fault);
                }
            }
        }
        Collections.shuffle(possible, new Random(seed));
        List<Fault> some = new ArrayList<>();
        for (int i = 0; i < faults; i++) {
            some.add(possible.get(i % possible.size()));
        }
        Table table = new Table();
        Path directory = Files.createTempDirectory("grouppulse-faults");
        new Round(new Round.Plan(site, nodes, some, events, 6, 60, Duration.ofMillis(100), seed), table).run(directory);
        System.out.println(table);
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new TreeMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("'" + arg + "' is no option; expected --name=value");
            }
            options.put(pair[0], pair[1]);
        }
        return options;
    }
}
