package io.grouppulse.ingest.callback.wecom;

import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.eventlog.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roster versions of all sources, over restarts: a line of the store's journal for each change, written by a thread of its own a
 * moment after the events of the change are durable, and rewritten when most lines have been overtaken. What a crash
 * takes with it, or a failing disk, costs a resync that was not needed, nothing else. Where several nodes share the journal, what
 * seems to be missing here is looked for there first. Thread-safe.
 */
public final class RosterVersions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RosterVersions.class);
    private static final int FEW_LINES = 20_000;

    /** More than there ever are before they are written anew. */
    public static final int MOST_LINES = 1_000_000;

    private final Journal journal;
    private final Map<String, RosterChains> chains = new TreeMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(RosterVersions::thread);
    private final @Nullable RosterGaps gaps;
    private volatile Listener listener = (source, chat, version) -> {};
    private int lines;
    private boolean failing;

    /** Is told of each version that a roster has reached by a change that came here. */
    public interface Listener {
        void reached(String source, String chat, String version);
    }

    private RosterVersions(Journal journal, boolean isShared) {
        this.journal = journal;
        this.gaps = isShared ? new RosterGaps(journal, writer) : null;
    }

    /** Reads what is kept, for the only one that writes there; blocks. */
    public static RosterVersions open(Journal journal) throws IOException {
        return read(new RosterVersions(journal, false));
    }

    /** As {@link #open}, where others write too. */
    public static RosterVersions openShared(Journal journal) throws IOException {
        return read(new RosterVersions(journal, true));
    }

    private static RosterVersions read(RosterVersions versions) throws IOException {
        versions.readAgain();
        return versions;
    }

    /** As {@link #open}, for what another monitor may have written since. */
    public void readAgain() throws IOException {
        boolean[] torn = {false};
        int[] read = {0};
        journal.load(line -> {
            read[0]++;
            torn[0] |= !readLine(line);
        });
        lines = read[0];
        if (torn[0]) {
            // the next line would be added to the broken one
            List<String> known = known();
            journal.replace(known);
            lines = known.size();
        }
    }

    /** False for a line that a crash has left half written. */
    private boolean readLine(String line) {
        RosterLine reached = RosterLine.parse(line);
        if (reached == null) {
            LOG.warn("a roster version cannot be read and is left out place={}", journal.place());
            return false;
        }
        learn(reached.source(), reached.chat(), reached.version());
        return true;
    }

    synchronized RosterChains chains(String source) {
        return chains.computeIfAbsent(source, name -> new RosterChains());
    }

    public void onReached(Listener told) {
        listener = told;
    }

    /** Takes what another node, to which the change came, has noted. */
    public void learn(String source, String chat, String version) {
        chains(source).learn(chat, version);
    }

    /** Notes the version that a chat's roster has reached. */
    void keep(String source, String chat, String version) {
        if (version.isEmpty()) {
            return;
        }
        listener.reached(source, chat, version);
        try {
            writer.execute(() -> write(source, chat, version));
        } catch (RejectedExecutionException e) {
            LOG.debug("a roster version came after the store was closed");
        }
    }

    /**
     * A change does not start where the last one known here ended.
     *
     * @param version where it starts; empty if it does not say
     * @param report is run, soon, unless another node has taken the change before
     */
    void missing(String source, String chat, String version, Runnable report) {
        if (gaps == null || version.isEmpty()) {
            report.run();
        } else {
            gaps.add(new RosterLine(source, chat, version), report);
        }
    }

    private void write(String source, String chat, String version) {
        try {
            journal.append(List.of(new RosterLine(source, chat, version).encode()));
            lines++;
            if (lines > FEW_LINES) {
                writeAnew();
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("roster versions cannot be written place={}", journal.place(), e);
            }
            failing = true;
        }
    }

    /** The last line of each chat that is still known, of all nodes: what they have told this one may be behind their lines. */
    private void writeAnew() throws IOException {
        Map<String, String> last = new LinkedHashMap<>();
        int[] read = {0};
        journal.load(line -> {
            read[0]++;
            RosterLine reached = RosterLine.parse(line);
            if (reached != null && chains(reached.source()).knows(reached.chat())) {
                last.put(reached.source() + '\n' + reached.chat(), line);
            }
        });
        lines = 0;
        if (read[0] > 2 * last.size()) {
            try {
                journal.replace(List.copyOf(last.values()));
                lines = last.size();
            } catch (DocumentChangedException e) {
                LOG.debug("another node has noted a roster version meanwhile");
            }
        }
    }

    private synchronized List<String> known() {
        List<String> known = new ArrayList<>();
        chains.forEach((source, chain) ->
                chain.versions().forEach((chat, version) -> known.add(new RosterLine(source, chat, version).encode())));
        return known;
    }

    /** Writes what still waits, and reports what is missing still. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("roster versions are still being written, given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (gaps != null) {
            gaps.settleAll();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "roster-versions");
        thread.setDaemon(true);
        return thread;
    }
}
