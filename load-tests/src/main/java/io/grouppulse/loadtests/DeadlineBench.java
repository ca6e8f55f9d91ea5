package io.grouppulse.loadtests;

import io.grouppulse.domain.window.Deadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What it takes to see, each second, which of very many groups have come to their deadline: there is no scan. */
final class DeadlineBench {
    private static final long SECOND = 1_000;
    private static final long START = 1_794_362_400_000L;

    private DeadlineBench() {}

    static void run(Options options) throws Exception {
        Report.machine();
        int groups = options.number("groups", 1_000_000);
        long within = options.number("days", 7) * 86_400_000L;
        int seconds = options.number("seconds", 3_600);
        SplittableRandom random = new SplittableRandom(1);
        Deadlines<Integer> deadlines = new Deadlines<>();
        long begun = System.nanoTime();
        for (int group = 0; group < groups; group++) {
            deadlines.schedule(group, START + random.nextLong(within));
        }
        double each = (System.nanoTime() - begun) / (double) groups;
        List<Double> ticks = new ArrayList<>();
        long due = 0;
        for (int second = 1; second <= seconds; second++) {
            long t = START + second * SECOND;
            begun = System.nanoTime();
            List<Integer> now = deadlines.due(t);
            now.forEach(group -> deadlines.schedule(group, t + random.nextLong(within)));
            ticks.add((System.nanoTime() - begun) / 1e6);
            due += now.size();
        }
        List<Double> hour = new ArrayList<>();
        begun = System.nanoTime();
        int late = deadlines.due(START + within / 2).size();
        hour.add((System.nanoTime() - begun) / 1e6);
        System.out.printf("%,d deadlines within %d days, %,d seconds, %,d came due%n", groups, within / 86_400_000L, seconds, due);
        Report.line("to set a deadline", List.of(each), 0, "ns");
        Report.line("a second: those due taken out and set again", ticks, 3, "ms");
        Report.line(String.format("half of the time at once: %,d due", late), hour, 0, "ms");
    }
}
