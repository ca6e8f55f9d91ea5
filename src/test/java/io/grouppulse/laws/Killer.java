package io.grouppulse.laws;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Kills a server at moments that a seed chooses and starts it again: while a body is on its way, as often as not again
 * while it recovers, and now and then only after it has saved its state.
 */
final class Killer implements AutoCloseable {
    private static final Duration SAVE_LIMIT = Duration.ofSeconds(2);
    private static final int LONGEST_DELAY_MILLIS = 60;
    private static final int LONGEST_RECOVERY_MILLIS = 1_500;

    private final RunningServer server;
    private final SplittableRandom random;
    private final Set<Integer> moments = new TreeSet<>();
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    private volatile boolean sending;
    private volatile int kills;
    private volatile int killsInFlight;
    private int saves;

    /** @param kills at least so many, spread over so many batches */
    Killer(RunningServer server, int batches, int kills, long seed) {
        this.server = server;
        this.random = new SplittableRandom(seed);
        while (moments.size() < Math.min(kills, batches)) {
            moments.add(random.nextInt(batches));
        }
    }

    /** Before a batch is sent: the kill comes soon. */
    void before(int batch) throws Exception {
        sending = true;
        if (moments.remove(batch)) {
            work.join();
            if (random.nextBoolean()) {
                awaitSave();
            }
            int delay = random.nextInt(LONGEST_DELAY_MILLIS);
            int again = random.nextInt(3) == 0 ? random.nextInt(1, LONGEST_RECOVERY_MILLIS) : 0;
            work = CompletableFuture.runAsync(() -> killAndRestart(delay, again));
        }
    }

    /** After a batch was answered; the last kill may still be to come. */
    void after() {
        sending = false;
    }

    /** Returns once the server runs and no kill is on its way. */
    void rest() {
        work.join();
    }

    int kills() {
        return kills;
    }

    int killsInFlight() {
        return killsInFlight;
    }

    int saves() {
        return saves;
    }

    /** How often the oldest part of the log was dropped: 1 if its oldest file is not the first one. */
    int segmentsDeleted() throws IOException {
        try (Stream<Path> files = Files.list(server.dataDirectory().resolve("log"))) {
            String oldest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return oldest.matches("0*1\\.log") ? 0 : 1;
        }
    }

    @Override
    public void close() {
        rest();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one kill at a time
    private void killAndRestart(int delay, int again) {
        try {
            Deadline.pause(Duration.ofMillis(delay));
            killsInFlight += sending ? 1 : 0;
            kills++;
            server.launch();
            if (again > 0) {
                Deadline.pause(Duration.ofMillis(again));
                kills++;
                server.launch();
            }
            server.awaitReady();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the file with the groups' states has been written once more, if it still is to be. */
    private void awaitSave() throws Exception {
        FileTime before = savedAt();
        if (Deadline.in(SAVE_LIMIT).until(() -> !savedAt().equals(before))) {
            saves++;
        }
    }

    private FileTime savedAt() throws IOException {
        return Files.getLastModifiedTime(server.dataDirectory().resolve("groups.mv"));
    }
}
