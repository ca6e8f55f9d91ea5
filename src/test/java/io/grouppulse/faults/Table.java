package io.grouppulse.faults;

import io.grouppulse.faults.Ledger.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the faults of a run came to. */
final class Table {
    private final Map<Fault, List<Result>> results = new EnumMap<>(Fault.class);

    /**
     * One fault.
     *
     * @param sent events, each as often as it was sent
     * @param acknowledged events, each as often as it was
     * @param lost acknowledged events that were gone, and were sent again before the comparison
     * @param allowedLoss the most that this fault may lose by what is stated of the servers' settings
     * @param verdict of the comparison afterwards
     */
    record Result(long sent, long acknowledged, Duration recovery, long lost, long allowedLoss, Verdict verdict) {
        /** Whether anything was lost, counted twice or wrong that should not be. */
        boolean isWrong() {
            return verdict.lost() > 0 || verdict.doubleCounted() > 0 || verdict.wrongGroups() > 0 || lost > allowedLoss;
        }
    }

    synchronized void add(Fault fault, Result result) {
        results.computeIfAbsent(fault, f -> new ArrayList<>()).add(result);
        System.out.printf(
                Locale.ROOT,
                "%-18s recovered in %.2f s, sent %d, acknowledged %d, lost %d, double counted %d, wrong groups %d%s%n",
                fault.id(),
                result.recovery.toMillis() / 1_000.0,
                result.sent,
                result.acknowledged,
                result.lost + result.verdict.lost(),
                result.verdict.doubleCounted(),
                result.verdict.wrongGroups(),
                result.verdict.differences().isEmpty() ? "" : "\n" + result.verdict.differences());
    }

    /** All of them as rows of Markdown, and a row of sums. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("""
                | fault | times | events sent | acknowledged | lost | double counted | wrong groups | recovery p50 | p95 | max |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        results.forEach((fault, some) -> text.append(row(fault.title(), some)));
        return text.append(row("**all**", all())).toString();
    }

    synchronized List<Result> all() {
        return results.values().stream().flatMap(List::stream).toList();
    }

    private static String row(String title, List<Result> some) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %d | %d | %d | %.1f s | %.1f s | %.1f s |%n",
                title,
                some.size(),
                some.stream().mapToLong(Result::sent).sum(),
                some.stream().mapToLong(Result::acknowledged).sum(),
                some.stream()
                        .mapToLong(result -> result.lost + result.verdict.lost())
                        .sum(),
                some.stream()
                        .mapToLong(result -> result.verdict.doubleCounted())
                        .sum(),
                some.stream().mapToInt(result -> result.verdict.wrongGroups()).sum(),
                recovery(some, 0.5),
                recovery(some, 0.95),
                recovery(some, 1));
    }

    /** The recovery, in seconds, that this part of them did not exceed. */
    static double recovery(List<Result> some, double part) {
        List<Duration> sorted = some.stream().map(Result::recovery).sorted().toList();
        int at = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, at)).toMillis() / 1_000.0;
    }
}
