package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreContractTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    protected OpenStore open() throws Exception {
        StoreLayout layout = StoreLayout.open(directory, SHARDS);
        SegmentedLog log = SegmentedLog.open(vertx, layout, new LogSettings(1 << 20), AppendListener.NONE);
        MvGroupStore groups = MvGroupStore.open(vertx, layout);
        return new OpenStore(
                log,
                groups,
                FileDocument.in(directory, "document.json"),
                FileJournal.in(directory, "journal", 10),
                () -> {
                    Entries.await(log.close().eventually(groups::close));
                    layout.close();
                });
    }
}
