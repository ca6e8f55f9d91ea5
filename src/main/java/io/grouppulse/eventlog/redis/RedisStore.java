package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.Journal;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/**
 * Everything a monitor keeps, on one Redis. Appends, the reading of the log and leases have a connection each, so that
 * none waits for the other.
 */
public final class RedisStore {
    private final RedisStoreSettings settings;
    private final RedisLink appends;
    private final RedisLink states;
    private final RedisLink leases;
    private final RedisLog log;
    private final RedisGroupStore groups;
    private final Ownership ownership;

    private RedisStore(
            Vertx vertx, RedisStoreSettings settings, String owner, AppendListener listener, StoreListener events) {
        this.settings = settings;
        this.appends = new RedisLink(vertx, settings.address(), "appends");
        this.states = appends.sibling("states");
        this.leases = appends.sibling("leases");
        this.ownership = new Ownership(vertx, leases, settings, owner);
        this.log = new RedisLog(vertx, appends, states, settings, listener, events);
        this.groups = new RedisGroupStore(states, settings, ownership, log, events);
    }

    /**
     * Connects, and checks that this Redis can be used and was not used in another way. Blocks; owns no shard yet.
     *
     * @param owner a name that no other monitor has at the same time
     * @throws IllegalStateException if it cannot be used; the message says why and what to do
     */
    public static RedisStore open(
            Vertx vertx, RedisStoreSettings settings, String owner, AppendListener listener, StoreListener events) {
        RedisStore store = new RedisStore(vertx, settings, owner, listener, events);
        try {
            Blocking.await(store.leases.open());
            new Suitability(store.leases, settings).check();
            Blocking.await(store.appends.open());
            Blocking.await(store.states.open());
            return store;
        } catch (IOException e) {
            store.close();
            String hint = settings.address().kind() == RedisAddress.Kind.CLUSTER ? "; is it a cluster?" : "";
            throw new IllegalStateException("store: " + e.getMessage() + hint, e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    public RedisLog log() {
        return log;
    }

    public RedisGroupStore groups() {
        return groups;
    }

    /** For what else nodes tell each other that they are there by. */
    public RedisLink leases() {
        return leases;
    }

    public Ownership ownership() {
        return ownership;
    }

    /** A document that any node may replace. */
    public Document sharedDocument(String name) {
        return new SharedDocument(states, settings, name);
    }

    /** A document that the owner of what belongs to no shard may replace. */
    public Document document(String name) {
        return new RedisDocument(states, settings, ownership, name);
    }

    /** A journal of this store that keeps so many lines. */
    public Journal journal(String name, int maxLines) {
        return new RedisJournal(states, settings, new ShardKeys(ShardKeys.WHOLE).document(name), maxLines);
    }

    /** Whether every connection stands. */
    public boolean isUp() {
        return appends.isUp() && states.isUp() && leases.isUp();
    }

    /** Gives the shards back, then ends the connections. */
    public Future<Void> close() {
        return log.close()
                .eventually(ownership::close)
                .eventually(appends::close)
                .eventually(states::close)
                .eventually(leases::close);
    }
}
