package io.grouppulse.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One held connection that comes back by itself. While there is none, commands fail at once; a command that is not
 * answered in time ends the connection, because a server that stands still looks like one that is slow. May be called
 * from any thread.
 */
public final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long CONNECT_MILLIS = 4_000;
    private static final long READ_AGAIN_MILLIS = 100;

    private final Vertx vertx;
    private final RedisAddress address;
    private final String name;
    private final Context context;
    private final @Nullable MasterWatch masters;
    private final Consumer<String> onReplaced = this::leaveOtherThan;
    private volatile @Nullable Live live;

    // On the context.
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean closed;

    private static final class Live {
        private final Redis client;
        private final RedisConnection connection;
        private final String server;

        Live(Redis client, RedisConnection connection, String server) {
            this.client = client;
            this.connection = connection;
            this.server = server;
        }
    }

    /** @param name says in the log which link it is */
    public RedisLink(Vertx vertx, RedisAddress address, String name) {
        this(
                vertx,
                address,
                name,
                address.kind() == RedisAddress.Kind.SENTINEL ? new MasterWatch(vertx, address) : null);
    }

    private RedisLink(Vertx vertx, RedisAddress address, String name, @Nullable MasterWatch masters) {
        this.vertx = vertx;
        this.address = address;
        this.name = name;
        this.context = vertx.getOrCreateContext();
        this.masters = masters;
    }

    /** Another connection to the same Redis, which hears of a fail-over together with this one. */
    public RedisLink sibling(String ofName) {
        return new RedisLink(vertx, address, ofName, masters);
    }

    /** Connects for the first time; fails with a {@link RedisException} if that is not possible now. */
    public Future<Void> open() {
        Promise<Void> opened = Promise.promise();
        context.runOnContext(v -> {
            if (masters != null) {
                masters.join(onReplaced);
            }
            connect().onComplete(opened);
        });
        return opened.future();
    }

    public boolean isUp() {
        return live != null;
    }

    /**
     * Sends the commands together, over the same connection, in order. All must go to the same server. Fails with the
     * first {@link RedisException}: then each of them may have been carried out or not.
     */
    public Future<List<Response>> batch(List<Request> commands, long timeoutMillis) {
        Live used = live;
        if (used == null) {
            return Future.failedFuture(RedisException.noConnection(address, "it is down"));
        }
        return sent(used, commands)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .recover(cause -> {
                    RedisException failure = RedisException.of(address, cause);
                    if (failure.isOfConnection()) {
                        context.runOnContext(v -> lose(used, failure));
                    }
                    return Future.failedFuture(failure);
                });
    }

    /**
     * The client of a cluster throws when it connected while nobody served the slot: what it knows of the slots stays as it
     * is, so the connection is of no use any more.
     */
    private Future<List<Response>> sent(Live used, List<Request> commands) {
        try {
            return used.connection.batch(commands);
        } catch (RuntimeException e) {
            return Future.failedFuture(RedisException.noConnection(address, "nobody is known to serve the key: " + e));
        }
    }

    /** As {@link #batch} for one command; null if that is what Redis answers. */
    public Future<@Nullable Response> send(Request command, long timeoutMillis) {
        return batch(List.of(command), timeoutMillis).map(answers -> answers.get(0));
    }

    /**
     * Reads, and begins anew on the next connection, perhaps to another server, as long as it is the connection that
     * fails: one that was held idle knows of a fail-over only when it is used.
     *
     * @param reading changes nothing, so that it may be done any number of times
     * @param patienceMillis how long it is begun again
     */
    public <T> Future<T> read(Supplier<Future<T>> reading, long patienceMillis) {
        return readUntil(reading, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis));
    }

    private <T> Future<T> readUntil(Supplier<Future<T>> reading, long end) {
        return reading.get().recover(cause -> {
            boolean again =
                    cause instanceof RedisException failure && failure.isOfConnection() && System.nanoTime() - end < 0;
            return again
                    ? vertx.timer(READ_AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(due -> readUntil(reading, end))
                    : Future.failedFuture(cause);
        });
    }

    /** What a reading fails with that sees that its answers are of two servers. */
    public RedisException interrupted(String why) {
        return RedisException.noConnection(address, why);
    }

    /** Ends the connection for good. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            closed = true;
            if (masters != null) {
                masters.leave(onReplaced);
            }
            Live used = live;
            live = null;
            if (used == null) {
                done.complete();
            } else {
                used.client.close().onComplete(ended -> done.complete());
            }
        });
        return done.future();
    }

    private Future<Void> connect() {
        if (masters == null) {
            return connectTo(address, "");
        }
        Promise<String> master = Promise.promise();
        masters.master().onComplete(named -> context.runOnContext(v -> master.handle(named)));
        return master.future().compose(host -> connectTo(address.ofMaster(host), host));
    }

    private Future<Void> connectTo(RedisAddress server, String host) {
        Redis client = RedisClients.create(vertx, server);
        return client.connect()
                .compose(connection -> requireMaster(connection, host))
                .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .<Void>map(connection -> {
                    keep(new Live(client, connection, host));
                    return null;
                })
                .recover(cause -> {
                    client.close();
                    return Future.failedFuture(RedisException.of(address, cause));
                });
    }

    /** What Sentinels name may not be the master yet, or not any more. */
    private Future<RedisConnection> requireMaster(RedisConnection connection, String host) {
        MasterWatch watch = masters;
        if (watch == null) {
            return Future.succeededFuture(connection);
        }
        return connection.send(Request.cmd(Command.ROLE)).compose(role -> {
            boolean isMaster = role != null && role.get(0).toString().equals("master") && watch.isMaster(host);
            return isMaster
                    ? Future.succeededFuture(connection)
                    : Future.failedFuture(RedisException.noConnection(address, host + " is no master"));
        });
    }

    private void leaveOtherThan(String master) {
        context.runOnContext(v -> {
            Live used = live;
            if (used != null && !used.server.equals(master)) {
                lose(used, RedisException.noConnection(address, master + " is the master in place of " + used.server));
            }
        });
    }

    private void keep(Live fresh) {
        if (closed) {
            fresh.client.close();
            return;
        }
        pause = FIRST_PAUSE_MILLIS;
        live = fresh;
        fresh.connection
                .exceptionHandler(cause -> context.runOnContext(v -> lose(fresh, RedisException.of(address, cause))))
                .endHandler(ended -> context.runOnContext(
                        v -> lose(fresh, RedisException.noConnection(address, "the server closed it"))));
        if (masters != null && !masters.isMaster(fresh.server)) {
            lose(fresh, RedisException.noConnection(address, fresh.server + " was replaced meanwhile"));
        }
    }

    private void lose(Live lost, RedisException cause) {
        if (live != lost) {
            return;
        }
        live = null;
        lost.client.close();
        if (!closed) {
            LOG.warn("connection lost link={} reason={}", name, cause.getMessage());
            connectLater();
        }
    }

    private void connectLater() {
        vertx.setTimer(
                pause,
                due -> context.runOnContext(v -> {
                    if (closed || live != null) {
                        return;
                    }
                    connect()
                            .onSuccess(done -> LOG.info("connection is back link={} redis={}", name, address))
                            .onFailure(cause -> {
                                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                                connectLater();
                            });
                }));
    }
}
