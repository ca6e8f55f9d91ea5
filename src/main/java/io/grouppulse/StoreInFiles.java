package io.grouppulse;

import io.grouppulse.alert.AlertDocument;
import io.grouppulse.config.Settings;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.embedded.FileDocument;
import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.eventlog.embedded.LogSettings;
import io.grouppulse.eventlog.embedded.MvGroupStore;
import io.grouppulse.eventlog.embedded.SegmentedLog;
import io.grouppulse.eventlog.embedded.StoreLayout;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Pseudonyms;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.callback.wecom.RosterVersions;
import io.grouppulse.rollup.OutageDocument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything under data.dir. */
record StoreInFiles(
        StoreLayout layout,
        SegmentedLog log,
        MvGroupStore groups,
        Rejects rejects,
        CampaignRegistry campaigns,
        AlertDocument alerts,
        OutageDocument outages,
        RosterVersions rosterVersions,
        Document erasure)
        implements Store {

    static Store open(
            Vertx vertx,
            Settings settings,
            @Nullable Pseudonyms pseudonyms,
            LongSupplier wallClock,
            OwnMeters meters,
            Rejects.Listener listener) {
        Path dir = settings.storage().dir();
        StoreLayout layout = StoreLayout.open(
                dir, settings.storage().shards(), pseudonyms == null ? null : pseudonyms.fingerprint());
        try {
            SegmentedLog log = SegmentedLog.open(
                    vertx, layout, new LogSettings(settings.storage().segmentBytes()), meters.appends());
            meters.watchFiles(log);
            return new StoreInFiles(
                    layout,
                    log,
                    MvGroupStore.open(vertx, layout),
                    Rejects.open(
                            FileJournal.in(dir.resolve("rejects"), "rejects", Rejects.CAPACITY),
                            wallClock,
                            listener,
                            pseudonyms == null),
                    CampaignRegistry.open(FileDocument.in(dir, "campaigns.json")),
                    AlertDocument.open(FileDocument.in(dir, "alerts.json")),
                    OutageDocument.open(FileDocument.in(dir, "outages.json")),
                    RosterVersions.open(FileJournal.in(dir.resolve("rosters"), "versions", RosterVersions.MOST_LINES)),
                    FileDocument.in(dir, "erasure.due"));
        } catch (IOException e) {
            layout.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            layout.close();
            throw e;
        }
    }

    /** The lock in data.dir has settled it. */
    @Override
    public @Nullable NodeStore nodes() {
        return null;
    }

    @Override
    public @Nullable String problem() {
        return null;
    }

    @Override
    public Future<Void> close() {
        return log.close().eventually(groups::close).eventually(() -> {
            rejects.close();
            rosterVersions.close();
            layout.close();
            return Future.succeededFuture();
        });
    }
}
