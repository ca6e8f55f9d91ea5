package io.grouppulse;

import io.grouppulse.alert.AlertFile;
import io.grouppulse.config.Settings;
import io.grouppulse.eventlog.embedded.LogSettings;
import io.grouppulse.eventlog.embedded.MvGroupStore;
import io.grouppulse.eventlog.embedded.SegmentedLog;
import io.grouppulse.eventlog.embedded.StoreLayout;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Rejects;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/** Everything under data.dir, opened together and closed together. */
record Store(
        StoreLayout layout,
        SegmentedLog log,
        MvGroupStore groups,
        Rejects rejects,
        CampaignRegistry campaigns,
        AlertFile alerts) {

    /** Blocks. Throws what the parts throw; an {@link UncheckedIOException} names the file that cannot be used. */
    static Store open(
            Vertx vertx, Settings settings, LongSupplier wallClock, OwnMeters meters, Rejects.Listener listener) {
        StoreLayout layout =
                StoreLayout.open(settings.storage().dir(), settings.storage().shards());
        try {
            SegmentedLog log = SegmentedLog.open(
                    vertx, layout, new LogSettings(settings.storage().segmentBytes()), meters.appends());
            return new Store(
                    layout,
                    log,
                    MvGroupStore.open(vertx, layout),
                    Rejects.open(settings.storage().dir(), wallClock, listener),
                    CampaignRegistry.open(settings.storage().dir()),
                    AlertFile.open(settings.storage().dir()));
        } catch (IOException e) {
            layout.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            layout.close();
            throw e;
        }
    }

    Future<Void> close() {
        return log.close().eventually(groups::close).eventually(() -> {
            rejects.close();
            layout.close();
            return Future.succeededFuture();
        });
    }
}
