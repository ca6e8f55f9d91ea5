package io.grouppulse.loadtests;

import java.util.List;

/** The project's goals for speed, each beside the figure that tells whether it is met. */
final class Goals {
    /** A figure by the beginnings of its section and its name, and what its median is to be. */
    private record Goal(String section, String name, boolean atLeast, double bound) {
        boolean isOf(Report.Figure figure) {
            return figure.section().startsWith(section) && figure.name().startsWith(name);
        }

        String text() {
            return (atLeast ? "≥ " : "≤ ") + (bound == (long) bound ? Long.toString((long) bound) : bound);
        }

        boolean isMet(double median) {
            return atLeast ? median >= bound : median <= bound;
        }
    }

    private static final List<Goal> ALL = List.of(
            new Goal("ingest", "ratio", false, 1.6),
            new Goal("window", "ratio", false, 2),
            new Goal("Open loop at 50 %", "event → feed p99", false, 50),
            new Goal("60 s by 1 s, tuned", "Jet", true, 10),
            new Goal("60 s by 1 s, tuned", "Flink", true, 20),
            new Goal("60 s by 1 s, tuned", "bare loop ÷", true, 0.5),
            new Goal("300 s by 1 s, tuned", "Jet", true, 10),
            new Goal("300 s by 1 s, tuned", "Flink", true, 20),
            new Goal("300 s by 1 s, tuned", "bare loop ÷", true, 0.5),
            new Goal("60 s by 1 s, library", "Jet", true, 100),
            new Goal("60 s by 1 s, library", "Flink", true, 100),
            new Goal("300 s by 1 s, library", "Jet", true, 100),
            new Goal("300 s by 1 s, library", "Flink", true, 100),
            new Goal("feed, 1 frame", "GroupPulse ÷", true, 1.5),
            new Goal("feed, 20 frames", "GroupPulse ÷", true, 20),
            new Goal("feed, 1 frame", "feed alone ÷", true, 1.5),
            new Goal("feed, 20 frames", "feed alone ÷", true, 20),
            new Goal("feed, idle", "heap", false, 12_288));

    private Goals() {}

    /** Runs every benchmark of speed with short rounds, then prints all figures as one table. */
    static void table(Options options) throws Exception {
        IngestBench.run(options.otherwise("rounds", "5").otherwise("seconds", "5").otherwise("rates", "10,50,80")
                .otherwise("subscribers", "1000").otherwise("minutes", "10"));
        WindowBench.run(options);
        PeersBench.run(options);
        FanoutBench.run(options);
        System.out.printf("%n| | goal | median | least – most | met |%n| --- | --- | --- | --- | --- |%n");
        for (Report.Figure figure : Report.figures()) {
            Goal goal = ALL.stream().filter(some -> some.isOf(figure)).findFirst().orElse(null);
            // a ratio to a peer is asked of the figure itself, its parts stand beside it
            boolean asked = goal != null && (!figure.unit().equals("µs/event"));
            System.out.printf("| %s: %s | %s | %s | %s – %s | %s |%n",
                    figure.section(), figure.name(),
                    asked ? goal.text() : "",
                    figure.text(figure.median()) + " " + figure.unit(),
                    figure.text(figure.least()), figure.text(figure.most()),
                    !asked ? "" : goal.isMet(figure.median()) ? "yes" : "no");
        }
    }
}
