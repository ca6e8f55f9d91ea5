package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two NDJSON files, the current one and the one before it, of bounded length each; written by a thread of their own.
 * When the disk is slower than the flood, what cannot wait in memory is left out of the files: they are a convenience,
 * the sums are not in them.
 */
final class RejectFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectFiles.class);
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_LINES = Rejects.CAPACITY;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final int MAX_WAITING = 2_000;

    private final Path current;
    private final Path previous;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(RejectFiles::thread);
    private final Object lock = new Object();
    private List<Reject> waiting = new ArrayList<>();
    private int lines;
    private boolean failing;

    RejectFiles(Path dir) throws IOException {
        Files.createDirectories(dir);
        this.current = dir.resolve("rejects.ndjson");
        this.previous = dir.resolve("rejects.1.ndjson");
    }

    /** Hands over what both files hold, oldest first. */
    void load(Consumer<Reject> receiver) throws IOException {
        load(previous, receiver);
        lines = load(current, receiver);
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
        try {
            write(batch);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("rejects cannot be written file={}", current, e);
            }
            failing = true;
        }
    }

    private void write(List<Reject> batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (Reject reject : batch) {
                RejectJson.write(json, reject);
                json.writeRaw('\n');
            }
        }
        if (lines + batch.size() > MAX_LINES || size() + bytes.size() > MAX_BYTES) {
            rotate();
        }
        Files.write(current, bytes.toByteArray(), CREATE, APPEND);
        lines += batch.size();
    }

    private void rotate() throws IOException {
        if (Files.exists(current)) {
            Files.move(current, previous, StandardCopyOption.REPLACE_EXISTING);
        }
        lines = 0;
    }

    private long size() throws IOException {
        return Files.exists(current) ? Files.size(current) : 0;
    }

    private static int load(Path file, Consumer<Reject> receiver) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        int lines = 0;
        // a decoder of this kind replaces what a crash has left half written instead of failing on it
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                Reject reject = RejectJson.read(line);
                if (reject != null) {
                    receiver.accept(reject);
                }
            }
        }
        return lines;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rejects-writer");
        thread.setDaemon(true);
        return thread;
    }
}
