package io.grouppulse.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how far a replay has come: a bar that redraws itself on a terminal, a plain line now and then elsewhere. */
final class Progress {
    private static final long ON_TERMINAL = 200_000_000L;
    private static final long IN_LOGS = 5_000_000_000L;
    private static final int BAR = 24;

    private final PrintStream err;
    private final boolean terminal;
    private final long totalBytes;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private long shownNanos;
    private boolean drawn;

    /** @param totalBytes of the input, 0 when not known */
    Progress(PrintStream err, boolean terminal, long totalBytes, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.totalBytes = totalBytes;
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
        shownNanos = startNanos;
    }

    void update(long bytes, long events) {
        long now = nanoTime.getAsLong();
        if (now - shownNanos < (terminal ? ON_TERMINAL : IN_LOGS)) {
            return;
        }
        shownNanos = now;
        String text = text(bytes, events, seconds());
        if (terminal) {
            drawn = true;
            err.print("\r" + text + "\u001b[K");
            err.flush();
        } else {
            err.println(text);
        }
    }

    /** Clears the bar, so that the next line stands alone. */
    void clear() {
        if (drawn) {
            drawn = false;
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    double seconds() {
        return (nanoTime.getAsLong() - startNanos) / 1e9;
    }

    private String text(long bytes, long events, double seconds) {
        String counted =
                String.format(Locale.ROOT, "%,d events  %,d/s", events, Math.round(events / Math.max(0.001, seconds)));
        if (totalBytes == 0) {
            return counted;
        }
        double part = Math.min(1, bytes / (double) totalBytes);
        String percent = String.format(Locale.ROOT, "%3d %%  ", (int) (100 * part));
        String left = part == 0 ? "" : "  ETA " + clock(Math.round(seconds / part - seconds));
        return (terminal ? bar(part) : "") + percent + counted + left;
    }

    private static String bar(double part) {
        int full = (int) (BAR * part);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
    }

    private static String clock(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
}
