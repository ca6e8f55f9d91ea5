package io.grouppulse.cli;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends the lines of a recording to a monitor in their order, one body at a time. */
final class Replay {
    /** At a recording's own speed, lines wait at most this long for company. */
    private static final long LONGEST_GATHERING = 100;

    private final LineReader reader;
    private final MonitorClient client;
    private final Pacer pacer;
    private final MonitorClient.Pause pause;
    private final LongSupplier nanoTime;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final Batch batch = new Batch();
    private long batchNanos;

    Replay(
            LineReader reader,
            MonitorClient client,
            Pacer pacer,
            MonitorClient.Pause pause,
            LongSupplier nanoTime,
            Progress progress) {
        this.reader = reader;
        this.client = client;
        this.pacer = pacer;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.progress = progress;
    }

    /** @throws CommandFailedException if the input is damaged or the monitor is lost */
    void run() throws CommandFailedException, InterruptedException {
        for (byte[] line = read(); line != null; line = read()) {
            if (line.length == 0) {
                tally.tooLong(reader.number());
            } else {
                add(reader.number(), line);
            }
        }
        flush();
    }

    Tally tally() {
        return tally;
    }

    private byte @Nullable [] read() throws CommandFailedException, InterruptedException {
        try {
            if (reader.mayBlock()) {
                flush();
            }
            return reader.next();
        } catch (IOException e) {
            flush();
            throw new CommandFailedException("the input cannot be read to its end: " + e.getMessage());
        }
    }

    private void add(long number, byte[] line) throws CommandFailedException, InterruptedException {
        waitForTurn(line);
        if (!batch.fits(line)) {
            flush();
        }
        if (batch.isEmpty()) {
            batchNanos = nanoTime.getAsLong();
        }
        batch.add(number, line);
    }

    private void waitForTurn(byte[] line) throws CommandFailedException, InterruptedException {
        for (long wait = pacer.waitMillis(line); wait > 0; wait = pacer.waitMillis(line)) {
            long gathered = (nanoTime.getAsLong() - batchNanos) / 1_000_000;
            if (!batch.isEmpty() && gathered + wait > LONGEST_GATHERING) {
                flush();
            } else {
                progress.update(reader.bytesRead(), tally.sent());
                pause.millis(Math.min(wait, 1_000));
            }
        }
    }

    private void flush() throws CommandFailedException, InterruptedException {
        if (!batch.isEmpty()) {
            tally.answered(batch, client.send(batch));
            batch.clear();
            progress.update(reader.bytesRead(), tally.sent());
        }
    }
}
