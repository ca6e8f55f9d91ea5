package io.grouppulse.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a packed program is run: the virtual machine's options, the command, and settings by key, handed over in the
 * environment.
 *
 * @param hasOwnClock whether its wall clock can be set apart from the machine's
 */
public record ServerOptions(
        List<String> jvm, List<String> command, Map<String, String> environment, boolean hasOwnClock) {
    public ServerOptions {
        jvm = List.copyOf(jvm);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public ServerOptions(List<String> jvm, List<String> command, Map<String, String> environment) {
        this(jvm, command, environment, false);
    }

    public static ServerOptions demo() {
        return new ServerOptions(List.of(), List.of("demo"), Map.of());
    }

    /** A monitor whose T is the largest event time, in a virtual machine that starts fast. */
    public static ServerOptions replays() {
        return new ServerOptions(
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"), List.of("serve"), Map.of())
                .with("clock", "event");
    }

    /** The same with one setting more, such as {@code snapshot.interval}. */
    public ServerOptions with(String key, Object value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put("GROUPPULSE_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value.toString());
        return new ServerOptions(jvm, command, more, hasOwnClock);
    }

    /** With a wall clock that {@link RunningServer#shiftClock} sets. */
    public ServerOptions withOwnClock() {
        return new ServerOptions(jvm, command, environment, true);
    }

    ProcessBuilder processBuilder(String jar) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.add("-jar");
        line.add(jar);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder;
    }
}
