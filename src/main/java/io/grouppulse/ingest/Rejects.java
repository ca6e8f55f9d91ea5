package io.grouppulse.ingest;

import io.grouppulse.eventlog.Journal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The newest refused input: in memory to be read back, in the store to survive a restart. Thread-safe; adding never waits
 * for the store, and the oldest raw inputs are forgotten first when all of them together would take too much memory.
 */
public final class Rejects implements AutoCloseable {
    /** The most rejects that are kept. */
    public static final int CAPACITY = 10_000;

    private static final int MAX_RAW_CHARS = 16 * 1024 * 1024;

    /** Is told of each reject; labels of a counter. */
    public interface Listener {
        void rejected(String source, Rejection.Code code);
    }

    private final ArrayDeque<Reject> newestLast = new ArrayDeque<>();
    private final RejectWriter writer;
    private final LongSupplier clock;
    private final Listener listener;
    private final boolean keepsRaw;
    private int withoutRaw;
    private long rawChars;

    private Rejects(RejectWriter writer, LongSupplier clock, Listener listener, boolean keepsRaw) {
        this.writer = writer;
        this.clock = clock;
        this.listener = listener;
        this.keepsRaw = keepsRaw;
    }

    /** Reads back what an earlier run kept; blocks. */
    public static Rejects open(Journal journal, LongSupplier clock, Listener listener) throws IOException {
        return open(journal, clock, listener, true);
    }

    /** @param keepsRaw whether what was sent is kept beside the reason: ids of members can stand anywhere in it */
    public static Rejects open(Journal journal, LongSupplier clock, Listener listener, boolean keepsRaw)
            throws IOException {
        RejectWriter writer = new RejectWriter(journal);
        Rejects rejects = new Rejects(writer, clock, listener, keepsRaw);
        rejects.readAgain();
        return rejects;
    }

    /** As {@link #open}, for what another monitor may have added since; blocks. */
    public void readAgain() throws IOException {
        List<Reject> kept = new ArrayList<>();
        writer.load(kept::add);
        forget();
        kept.forEach(this::keep);
    }

    /** As {@link #readAgain}, after what was refused here and waits to be written; blocks. */
    public void refresh() throws IOException {
        List<Reject> kept = new ArrayList<>();
        writer.loadAfterWriting(kept::add);
        forget();
        kept.forEach(this::keep);
    }

    private synchronized void forget() {
        newestLast.clear();
        withoutRaw = 0;
        rawChars = 0;
    }

    /** Keeps a rejection, with the bytes that it is about where they are kept. */
    public void add(Rejection rejection, String source, Scrubber scrubber, byte[] bytes, int from, int to) {
        String raw = keepsRaw ? scrubber.scrub(bytes, from, to) : null;
        Reject reject = new Reject(
                clock.getAsLong(),
                source,
                rejection.id(),
                rejection.code(),
                rejection.field(),
                rejection.detail(),
                raw);
        keep(reject);
        writer.append(reject);
        listener.rejected(source, rejection.code());
    }

    /** The newest rejects, newest first. */
    public synchronized List<Reject> newest(int limit) {
        List<Reject> newest = new ArrayList<>(Math.min(limit, newestLast.size()));
        Iterator<Reject> backwards = newestLast.descendingIterator();
        while (backwards.hasNext() && newest.size() < limit) {
            newest.add(backwards.next());
        }
        return newest;
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        writer.close();
    }

    private synchronized void keep(Reject reject) {
        newestLast.addLast(reject);
        rawChars += chars(reject);
        if (newestLast.size() > CAPACITY) {
            rawChars -= chars(newestLast.removeFirst());
            withoutRaw = Math.max(0, withoutRaw - 1);
        }
        if (rawChars > MAX_RAW_CHARS) {
            forgetOldestRaws();
        }
    }

    /** Forgets half of them at once, so that it is rarely needed. */
    private void forgetOldestRaws() {
        List<Reject> all = new ArrayList<>(newestLast);
        for (int i = withoutRaw; i < all.size() && rawChars > MAX_RAW_CHARS / 2; i++) {
            rawChars -= chars(all.get(i));
            all.set(i, all.get(i).withoutRaw());
            withoutRaw = i + 1;
        }
        newestLast.clear();
        newestLast.addAll(all);
    }

    /**
     * Forgets all that was sent, in memory and in the store; the reasons stay. Blocks.
     *
     * @throws IOException if they cannot be written anew
     */
    public void forgetRaws() throws IOException {
        synchronized (this) {
            List<Reject> all = newestLast.stream().map(Reject::withoutRaw).toList();
            newestLast.clear();
            newestLast.addAll(all);
            withoutRaw = all.size();
            rawChars = 0;
        }
        writer.rewrite(Reject::withoutRaw);
    }

    private static int chars(Reject reject) {
        return reject.raw() == null ? 0 : reject.raw().length();
    }
}
