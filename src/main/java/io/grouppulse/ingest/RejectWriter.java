package io.grouppulse.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.eventlog.Journal;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rejects in the store's journal, one line of JSON each, by a thread of its own. When the store is slower than the
 * flood, what cannot wait in memory is left out: the journal is a convenience, the sums are not in it.
 */
final class RejectWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectWriter.class);
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_WAITING = 2_000;

    private static final int TRIES = 50;

    private final Journal journal;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(RejectWriter::thread);
    private final Object lock = new Object();
    private List<Reject> waiting = new ArrayList<>();
    private boolean failing;

    RejectWriter(Journal journal) {
        this.journal = journal;
    }

    /** Hands over what is kept, oldest first. */
    void load(Consumer<Reject> receiver) throws IOException {
        journal.load(line -> {
            Reject reject = RejectJson.read(line);
            if (reject != null) {
                receiver.accept(reject);
            }
        });
    }

    void append(Reject reject) {
        boolean first;
        synchronized (lock) {
            if (waiting.size() == MAX_WAITING) {
                return;
            }
            waiting.add(reject);
            first = waiting.size() == 1;
        }
        if (first) {
            startWriting();
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("rejects are still being written, given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startWriting() {
        try {
            writer.execute(this::writeWaiting);
        } catch (RejectedExecutionException e) {
            LOG.debug("a reject came after the files were closed");
        }
    }

    private void writeWaiting() {
        List<Reject> batch;
        synchronized (lock) {
            batch = waiting;
            waiting = new ArrayList<>();
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(batch);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("rejects cannot be written place={}", journal.place(), e);
            }
            failing = true;
        }
    }

    /** As {@link #load}, after what waits to be written was; blocks. */
    void loadAfterWriting(Consumer<Reject> receiver) throws IOException {
        await(writer.submit(() -> {
            writeWaiting();
            load(receiver);
            return null;
        }));
    }

    /** Writes all that is kept anew, each reject changed, after what waits to be written; blocks. */
    void rewrite(UnaryOperator<Reject> change) throws IOException {
        Future<?> done = writer.submit(() -> {
            writeWaiting();
            rewriteOnce(change, TRIES);
            return null;
        });
        await(done);
    }

    /** What another node adds meanwhile is kept. */
    private void rewriteOnce(UnaryOperator<Reject> change, int triesLeft) throws IOException {
        List<Reject> kept = new ArrayList<>();
        load(reject -> kept.add(change.apply(reject)));
        try {
            journal.replace(lines(kept));
        } catch (DocumentChangedException e) {
            if (triesLeft == 0) {
                throw e;
            }
            rewriteOnce(change, triesLeft - 1);
        }
    }

    private static void await(Future<?> written) throws IOException {
        try {
            written.get();
        } catch (ExecutionException e) {
            throw new IOException("rejects cannot be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while rejects were written", e);
        }
    }

    private void write(List<Reject> batch) throws IOException {
        journal.append(lines(batch));
    }

    private static List<String> lines(List<Reject> batch) throws IOException {
        List<String> lines = new ArrayList<>(batch.size());
        for (Reject reject : batch) {
            StringWriter line = new StringWriter();
            try (JsonGenerator json = FACTORY.createGenerator(line)) {
                RejectJson.write(json, reject);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rejects-writer");
        thread.setDaemon(true);
        return thread;
    }
}
