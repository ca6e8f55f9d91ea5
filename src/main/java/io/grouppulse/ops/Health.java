package io.grouppulse.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the monitor may receive traffic: a named check for each part that can say no. Thread-safe. */
public final class Health {
    private final Map<String, Supplier<@Nullable String>> checks = new ConcurrentHashMap<>();

    /** Adds a check that says what is wrong, or null when nothing is. */
    public void add(String name, Supplier<@Nullable String> problem) {
        checks.put(name, problem);
    }

    /** What is wrong by check; the empty text means that nothing is. */
    public Map<String, String> read() {
        Map<String, String> problems = new TreeMap<>();
        checks.forEach((name, check) -> {
            String problem = check.get();
            problems.put(name, problem == null ? "" : problem);
        });
        return problems;
    }
}
