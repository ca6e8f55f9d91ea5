package io.grouppulse.loadtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The project's goals for speed, and the one table that says of each what it is, what the peer has and what GroupPulse has. */
final class Goals {
    /**
     * A goal, by the beginnings of the names of its figures.
     *
     * @param part of the whole that measures it
     * @param section of the report; each that begins so, or of the peers ends so, has a row of its own
     * @param judged the figure that is held against the bound; of several, the worst
     * @param ours GroupPulse's own figure, or null if it is the judged one
     * @param between words between the peer's name and the judged figure's other words, or null without a peer
     */
    private record Goal(
            String part, String section, String judged, String ours, String between, boolean atLeast, double bound) {
        String text(String unit) {
            String number = bound == (long) bound ? String.format("%,d", (long) bound) : Double.toString(bound);
            return (atLeast ? "≥ " : "≤ ") + number + (unit.isEmpty() ? "" : " " + unit);
        }

        boolean isMet(double median) {
            return atLeast ? median >= bound : median <= bound;
        }
    }

    /** One benchmark of the whole. */
    private interface Part {
        void run(Options options) throws Exception;
    }

    private static final String ALL_MEASURES = "GroupPulse, all measures";
    private static final String PANES = "GroupPulse, panes alone";
    private static final String FEED = "GroupPulse, counting";
    private static final String FEED_ALONE = "GroupPulse's feed alone";

    private static final List<Goal> GOALS = List.of(
            new Goal("ingest", "ingest", "ratio", "server CPU", "bare Jackson", false, 1.6),
            new Goal("window", "window", "ratio", "engine, all measures: CPU", "bare loop, this answer", false, 2),
            tuned("bare loop", PANES, 0.5),
            tuned("bare loop", ALL_MEASURES, 0.5),
            tuned("Jet", PANES, 10),
            tuned("Jet", ALL_MEASURES, 10),
            tuned("Flink", PANES, 20),
            tuned("Flink", ALL_MEASURES, 20),
            library("Jet", PANES),
            library("Jet", ALL_MEASURES),
            library("Flink", PANES),
            library("Flink", ALL_MEASURES),
            new Goal("ingest", "Open loop at 50 %", "event → feed p99", null, null, false, 50),
            new Goal("fanout", "feed, 1 frame", "GroupPulse ÷ ", FEED, "", true, 1.5),
            new Goal("fanout", "feed, 1 frame", "feed alone ÷ ", FEED_ALONE, "", true, 1.5),
            new Goal("fanout", "feed, 20 frames", "GroupPulse ÷ ", FEED, "", true, 20),
            new Goal("fanout", "feed, 20 frames", "feed alone ÷ ", FEED_ALONE, "", true, 20),
            new Goal("fanout", "feed, idle", "heap", null, null, false, 12_288),
            new Goal("memory", "memory", "a membership from a roster", null, null, false, 32),
            new Goal("memory", "memory", "a group without members, 72 h", null, null, false, 1_024),
            new Goal("scale", "scale", "live heap", null, null, false, 16_384),
            new Goal("scale", "scale", "more CPU while nothing happens", null, null, false, 1),
            new Goal("scale", "scale", "CPU an event ÷", null, null, false, 2),
            new Goal("scale", "scale", "beside the hot group ÷", "applied p99, one with", "applied p99, no hot", false, 1.5),
            new Goal("scale", "scale", "ready again", null, null, false, 60),
            new Goal("scale", "scale", "board of groups p99", null, null, false, 20),
            new Goal("scale", "scale", "root node p99", null, null, false, 20),
            new Goal("scale", "scale", "node of a city p99", null, null, false, 20),
            new Goal("scale", "scale", "Prometheus scrape p99", null, null, false, 100),
            new Goal("nodes", "nodes", "ratio of 2", "2 nodes", "1 node", true, 0.8),
            new Goal("nodes", "nodes", "ratio of 3", "3 nodes", "1 node", true, 0.8));

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("memory", options -> MemoryBench.run(options.otherwise("groups", "4000").otherwise("events", "40000")));
        PARTS.put("window", WindowBench::run);
        PARTS.put("ingest", options -> IngestBench.run(options.otherwise("rounds", "5").otherwise("seconds", "5")
                .otherwise("rates", "10,50,80").otherwise("subscribers", "1000")));
        PARTS.put("scale", options -> ScaleBench.run(options.otherwise("groups", "1000,100000")
                .otherwise("jvm", "-Xmx4g").otherwise("seconds", "3").otherwise("queries", "50")));
        PARTS.put("nodes", NodesBench::run);
        PARTS.put("peers", PeersBench::run);
        PARTS.put("fanout", options -> FanoutBench.run(options.otherwise("clients", "1000").otherwise("warmup", "6")
                .otherwise("seconds", "4")));
    }

    private Goals() {}

    /** In 60 s by 1 s and in 300 s by 1 s: both sections end so. */
    private static Goal tuned(String peer, String ours, double bound) {
        return peers("s by 1 s, tuned", peer, ours, bound);
    }

    private static Goal library(String peer, String ours) {
        return peers("s by 1 s, library windows", peer, ours, 100);
    }

    private static Goal peers(String sections, String peer, String ours, double bound) {
        return new Goal("peers", sections, peer, ours, "÷ " + ours.substring(ours.indexOf(", ") + 2), true, bound);
    }

    /** Runs all parts in turn, or those of {@code parts=}; one that fails says so in its rows and the others go on. */
    static void table(Options options) throws Exception {
        List<String> chosen = Arrays.asList(options.text("parts", String.join(",", PARTS.keySet())).split(","));
        for (String part : chosen) {
            if (!PARTS.containsKey(part)) {
                throw new IllegalArgumentException("no part " + part + "; there are " + PARTS.keySet());
            }
        }
        Map<String, String> failures = new LinkedHashMap<>();
        for (String part : chosen) {
            System.out.printf("%n=== %s%n", part);
            long begun = System.nanoTime();
            try {
                PARTS.get(part).run(options.of(part));
            } catch (Exception | OutOfMemoryError e) {
                e.printStackTrace(System.out);
                failures.put(part, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
            System.out.printf("=== %s took %d s%n", part, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
            System.gc();
        }
        print(chosen, failures);
    }

    private static void print(List<String> chosen, Map<String, String> failures) throws Exception {
        System.out.println();
        Report.machine();
        System.out.println(Report.versions());
        System.out.println("Medians (least – most of the rounds); a ratio is taken within each round.");
        System.out.printf("%n| | goal | peer | GroupPulse | ratio | spread | met |%n"
                + "| --- | --- | --- | --- | --- | --- | --- |%n");
        for (Goal goal : GOALS) {
            if (!chosen.contains(goal.part)) {
                continue;
            }
            List<Report.Figure> judged = judged(goal);
            judged.forEach(figure -> print(goal, figure));
            if (judged.isEmpty()) {
                String why = failures.containsKey(goal.part) ? "failed: " + failures.get(goal.part) : "not measured";
                System.out.printf("| %s: %s | %s | | %s | | | no |%n",
                        goal.section.isEmpty() ? goal.part : goal.section, goal.judged, goal.text(""), why);
            }
        }
    }

    /** Of each section the figure that the goal is asked of; where several peers are compared, that of the best of them. */
    private static List<Report.Figure> judged(Goal goal) {
        Map<String, Report.Figure> worst = new LinkedHashMap<>();
        for (Report.Figure figure : Report.figures()) {
            boolean asked = figure.name().startsWith(goal.judged)
                    && (goal.part.equals("peers")
                            ? figure.section().endsWith(goal.section) && figure.name().endsWith(goal.between)
                            : figure.section().startsWith(goal.section));
            Report.Figure known = worst.get(figure.section());
            if (asked && (known == null || (figure.median() < known.median()) == goal.atLeast)) {
                worst.put(figure.section(), figure);
            }
        }
        return new ArrayList<>(worst.values());
    }

    private static void print(Goal goal, Report.Figure figure) {
        Report.Figure own = goal.ours == null ? figure : find(figure.section(), goal.ours);
        Report.Figure peer = peerOf(goal, figure);
        boolean isRatio = own != figure;
        System.out.printf("| %s: %s | %s | %s | %s | %s | %s – %s | %s |%n",
                figure.section(),
                figure.name(),
                goal.text(isRatio ? "" : figure.unit()),
                peer == null ? "" : peer.text(peer.median()) + " " + peer.unit(),
                own == null ? "" : own.text(own.median()) + " " + own.unit(),
                isRatio ? figure.text(figure.median()) : "",
                figure.text(figure.least()),
                figure.text(figure.most()),
                goal.isMet(figure.median()) ? "yes" : "no");
    }

    /** The peer that a ratio's name names, or the one that the goal names. */
    private static Report.Figure peerOf(Goal goal, Report.Figure figure) {
        if (goal.between == null) {
            return null;
        }
        int divided = figure.name().indexOf(" ÷ ");
        if (goal.part.equals("peers")) {
            return find(figure.section(), figure.name().substring(0, divided));
        }
        return find(figure.section(), goal.part.equals("fanout") ? figure.name().substring(divided + 3) : goal.between);
    }

    private static Report.Figure find(String section, String name) {
        for (Report.Figure figure : Report.figures()) {
            if (figure.section().equals(section) && figure.name().startsWith(name)) {
                return figure;
            }
        }
        return null;
    }
}
