package io.grouppulse.loadtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one of the Gatling scenarios, in a process of its own since Gatling brings another Netty, against a monitor that is
 * given or a {@code serve} of its own. Fails if any assertion of the scenario does.
 */
final class GatlingRun {
    private static final Map<String, String> SCENARIOS = Map.of(
            "flash-sale", "FlashSale",
            "reconnect-storm", "ReconnectStorm",
            "slow-screens", "SlowScreens",
            "hot-group", "HotGroup",
            "late-burst", "LateBurst");

    private GatlingRun() {}

    static void run(Options options) throws Exception {
        String scenario = options.text("scenario", "");
        String simulation = SCENARIOS.get(scenario);
        if (simulation == null) {
            throw new IllegalArgumentException("scenario is one of "
                    + String.join(", ", SCENARIOS.keySet().stream().sorted().toList()) + ", got '" + scenario + "'");
        }
        Report.machine();
        if (!options.text("url", "").isEmpty()) {
            run(simulation, options, Map.of());
            return;
        }
        List<String> jvm = List.of(options.text("jvm", "-Xmx1g").split(" "));
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> told = new LinkedHashMap<>();
        if (scenario.equals("slow-screens")) {
            // Its default is two minutes: too long to wait for, unless it is asked for.
            String stall = options.text("stall", "20");
            settings.put("GROUPPULSE_FEED_STALL_TIMEOUT", stall + "s");
            told.put("stall", stall);
        }
        try (Server server = Server.start(jvm, settings)) {
            told.put("url", "http://127.0.0.1:" + server.port());
            double before = server.cpuSeconds();
            run(simulation, options, told);
            System.out.printf(
                    "server: %.1f CPU s of its own work, %,d MiB resident, %.0f frames sent, %.0f encoded, %.0f conflated%n",
                    server.cpuSeconds() - before,
                    server.residentMiB(),
                    server.metric("grouppulse_feed_frames_total"),
                    server.metric("grouppulse_feed_encodings_total"),
                    server.metric("grouppulse_feed_conflated_total"));
        }
    }

    private static void run(String simulation, Options options, Map<String, String> more)
            throws IOException, InterruptedException {
        Path project = Path.of(System.getProperty("product.dir"), "load-tests", "gatling");
        Path classes = project.resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IOException(classes + " is missing: build it without SKIP_BUILD");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.text("heap", "2g"),
                // Netty's and the JDK's own doors, as Gatling's launchers open them
                "--add-opens=java.base/java.lang=ALL-UNNAMED"));
        Map<String, String> properties = new LinkedHashMap<>(options.all());
        properties.putAll(more);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-cp", classes + ":" + project.resolve("target/libs") + "/*",
                "io.gatling.app.Gatling",
                "-s", "io.grouppulse.loadtests.gatling." + simulation,
                "-rf", options.text("results", project.resolve("target/results").toString())));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("the scenario did not go as it should: Gatling ended with " + code);
        }
    }
}
