package io.grouppulse.ingest.callback.wecom;

import io.grouppulse.eventlog.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Roster versions that nothing is known of and nothing is kept of. */
public final class NoVersions implements Journal {
    private NoVersions() {}

    public static RosterVersions kept() {
        try {
            return RosterVersions.open(new NoVersions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void load(Consumer<String> receiver) {
        // nothing is there
    }

    @Override
    public void append(List<String> lines) {
        // nothing is kept
    }

    @Override
    public void replace(List<String> lines) {
        // nothing is kept
    }

    @Override
    public String place() {
        return "nowhere";
    }
}
