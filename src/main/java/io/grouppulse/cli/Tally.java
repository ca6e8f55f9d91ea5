package io.grouppulse.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of the lines of a replay. */
final class Tally {
    private static final int SHOWN = 5;

    private long sent;
    private long accepted;
    private long rejected;
    private long skipped;
    private final List<String> first = new ArrayList<>();

    void answered(Batch batch, Answer answer) {
        sent += batch.lines();
        accepted += answer.accepted();
        rejected += answer.rejected();
        for (Answer.Refusal refusal : answer.refusals()) {
            int index = Math.max(0, Math.min(batch.lines() - 1, refusal.index()));
            note(batch.number(index), refusal.code(), refusal.detail());
        }
    }

    void tooLong(long line) {
        skipped++;
        note(line, "too_long", "longer than any event, not sent");
    }

    long sent() {
        return sent;
    }

    /** Whether the monitor answered for every line. */
    boolean isComplete() {
        return accepted + rejected == sent;
    }

    void print(PrintStream out, double seconds) {
        out.printf(
                Locale.ROOT,
                "sent %,d lines in %.1f s (%,d/s): accepted %,d, rejected %,d%s%n",
                sent,
                seconds,
                Math.round(sent / Math.max(0.001, seconds)),
                accepted,
                rejected,
                skipped == 0 ? "" : String.format(Locale.ROOT, ", not sent %,d", skipped));
        first.forEach(out::println);
        out.flush();
    }

    private void note(long line, String code, String detail) {
        if (first.size() < SHOWN) {
            String text = "  line " + line + ": " + code + (detail.isEmpty() ? "" : ": " + detail);
            first.add(text.replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
