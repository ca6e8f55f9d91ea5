package io.grouppulse;

import io.grouppulse.alert.AlertDocument;
import io.grouppulse.config.Settings;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Pseudonyms;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.callback.wecom.RosterVersions;
import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.redis.RedisMembership;
import io.grouppulse.nodes.redis.RedisPost;
import io.grouppulse.rollup.OutageDocument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that outlives the process, in files or on Redis, opened together and closed together. */
interface Store {
    /** What a node shares with others. */
    record NodeStore(Member self, ShardLeases leases, RedisMembership membership, RedisPost post) {}

    EventLog log();

    GroupStore groups();

    Rejects rejects();

    CampaignRegistry campaigns();

    AlertDocument alerts();

    OutageDocument outages();

    RosterVersions rosterVersions();

    /** Says that what erased members left is still to be taken from the disk; empty or absent if nothing is. */
    Document erasure();

    /** How this monitor is one of several nodes on this store; null where it is alone by nature. */
    @Nullable NodeStore nodes();

    /** Why the store cannot be used now, or null. */
    @Nullable String problem();

    Future<Void> close();

    /** Blocks. Throws what the parts throw; an {@link UncheckedIOException} names what cannot be used. */
    static Store open(
            Vertx vertx, Settings settings, LongSupplier wallClock, OwnMeters meters, Rejects.Listener listener) {
        Pseudonyms pseudonyms = pseudonyms(settings);
        return settings.storage().redis() == null
                ? StoreInFiles.open(vertx, settings, pseudonyms, wallClock, meters, listener)
                : StoreOnRedis.open(vertx, settings, pseudonyms, wallClock, meters, listener);
    }

    /** Null where ids are stored as they come. */
    static @Nullable Pseudonyms pseudonyms(Settings settings) {
        return settings.privacy().isOn() ? new Pseudonyms(settings.privacy().key()) : null;
    }
}
