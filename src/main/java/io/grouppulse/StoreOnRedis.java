package io.grouppulse;

import io.grouppulse.alert.AlertDocument;
import io.grouppulse.config.Settings;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.eventlog.redis.RedisStore;
import io.grouppulse.eventlog.redis.RedisStoreSettings;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything on one Redis; nothing is kept on this machine. */
record StoreOnRedis(
        RedisStore store,
        NodeStore nodes,
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
        Settings.Storage storage = settings.storage();
        RedisStoreSettings onRedis = new RedisStoreSettings(
                Objects.requireNonNull(storage.redis()),
                storage.shards(),
                settings.ingest().replicas());
        Member self = Member.begin(nameOf(settings.http()));
        RedisStore store = RedisStore.open(
                vertx,
                pseudonyms == null ? onRedis : onRedis.holding(pseudonyms.fingerprint()),
                self.name(),
                meters.appends(),
                meters.commits());
        try {
            meters.watchRedis(store);
            return new StoreOnRedis(
                    store,
                    new NodeStore(
                            self,
                            store.ownership(),
                            new RedisMembership(store.leases(), onRedis.leaseMillis()),
                            new RedisPost(vertx, onRedis.address(), self)),
                    Rejects.open(store.journal("rejects", Rejects.CAPACITY), wallClock, listener, pseudonyms == null),
                    CampaignRegistry.open(store.sharedDocument("campaigns")),
                    AlertDocument.open(store.document("alerts")),
                    OutageDocument.open(store.document("outages")),
                    RosterVersions.openShared(store.journal("rosters", RosterVersions.MOST_LINES)),
                    store.sharedDocument("erasure"));
        } catch (IOException e) {
            store.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The same after a restart in the same place, so that it need not wait for its own lease. */
    private static String nameOf(Settings.Http http) {
        String place = http.port() == 0 ? UUID.randomUUID().toString() : http.host() + ":" + http.port();
        try {
            return InetAddress.getLocalHost().getHostName() + "/" + place;
        } catch (UnknownHostException e) {
            return UUID.randomUUID() + "/" + place;
        }
    }

    @Override
    public EventLog log() {
        return store.log();
    }

    @Override
    public GroupStore groups() {
        return store.groups();
    }

    @Override
    public @Nullable String problem() {
        if (!store.isUp()) {
            return "no connection to Redis";
        }
        return store.log().problem();
    }

    /** What the rejects still have to write needs the connections. */
    @Override
    public Future<Void> close() {
        rejects.close();
        rosterVersions.close();
        return nodes.post().close().eventually(store::close);
    }
}
