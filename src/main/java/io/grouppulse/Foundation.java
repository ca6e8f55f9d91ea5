package io.grouppulse;

import io.grouppulse.access.Access;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.Health;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * What every room of a monitor stands on.
 *
 * @param places where each group stands, as whoever leads has told
 * @param wallClock epoch millis; T is another matter
 */
record Foundation(
        Settings settings,
        GroupSettings groups,
        Vertx vertx,
        Store store,
        OwnMeters meters,
        SourceLedger ledger,
        GroupPlaces places,
        Health health,
        Access access,
        LongSupplier wallClock) {

    int shards() {
        return settings.storage().shards();
    }

    ShardMap shardMap() {
        return new ShardMap(shards());
    }

    Reports reports() {
        return new Reports(vertx, shards(), groups, store.campaigns());
    }
}
