package io.grouppulse.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks all Sentinels, again and again, who the master is, for as long as anybody wants to know. A master that was replaced
 * takes writes until the Sentinels make it a replica, about ten seconds later, and loses them then: who hears of the
 * replacement at once leaves it at once. May be called from any thread.
 */
final class MasterWatch {
    private static final long PAUSE_MILLIS = 250;
    private static final long ANSWER_MILLIS = 1_000;
    private static final long VALID_MILLIS = 2_000;

    private final Vertx vertx;
    private final RedisAddress address;
    private final Context context;
    private volatile @Nullable String known;

    // On the context.
    private final NewestMaster newest;
    private final List<Sentinel> sentinels = new ArrayList<>();
    private final Set<Consumer<String>> told = new LinkedHashSet<>();
    private final List<Promise<String>> waiting = new ArrayList<>();

    MasterWatch(Vertx vertx, RedisAddress address) {
        this.vertx = vertx;
        this.address = address;
        this.context = vertx.getOrCreateContext();
        this.newest = new NewestMaster(address.hosts().size(), VALID_MILLIS);
    }

    /** Tells it from now on of each master that takes the place of another. */
    void join(Consumer<String> follower) {
        context.runOnContext(v -> {
            if (told.add(follower) && told.size() == 1) {
                address.hosts().forEach(host -> sentinels.add(new Sentinel(host)));
                sentinels.forEach(Sentinel::ask);
            }
        });
    }

    /** Asks no more once all have left. */
    void leave(Consumer<String> follower) {
        context.runOnContext(v -> {
            if (told.remove(follower) && told.isEmpty()) {
                sentinels.forEach(Sentinel::close);
                sentinels.clear();
                answerThoseWaiting();
            }
        });
    }

    /**
     * Host and port of the master; at first once all Sentinels were heard or did not answer, later what is known, also if
     * none answers now. Fails with a {@link RedisException} if none has ever named one.
     */
    Future<String> master() {
        Promise<String> master = Promise.promise();
        context.runOnContext(v -> {
            waiting.add(master);
            if (known != null || sentinels.stream().allMatch(sentinel -> sentinel.wasAsked)) {
                answerThoseWaiting();
            }
        });
        return master.future();
    }

    boolean isMaster(String host) {
        return host.equals(known);
    }

    private void answerThoseWaiting() {
        String master = known;
        List<Promise<String>> now = List.copyOf(waiting);
        waiting.clear();
        for (Promise<String> one : now) {
            if (master == null) {
                one.fail(RedisException.noConnection(address, "no Sentinel names the master " + address.masterName()));
            } else {
                one.complete(master);
            }
        }
    }

    private final class Sentinel {
        private final String host;
        private final RedisLink link;
        private boolean wasOpened;
        private boolean wasAsked;
        private boolean closed;

        Sentinel(String host) {
            this.host = host;
            this.link = new RedisLink(vertx, address.ofSentinel(host), "sentinel");
        }

        void ask() {
            Future<Void> opened = wasOpened ? Future.succeededFuture() : link.open();
            opened.compose(done -> {
                        wasOpened = true;
                        // The epoch first: between the two a fail-over may end, and then the older epoch is the safe
                        // one.
                        return link.batch(
                                List.of(
                                        Request.cmd(Command.SENTINEL)
                                                .arg("MASTER")
                                                .arg(address.masterName()),
                                        Request.cmd(Command.SENTINEL)
                                                .arg("GET-MASTER-ADDR-BY-NAME")
                                                .arg(address.masterName())),
                                ANSWER_MILLIS);
                    })
                    .onComplete(answer -> context.runOnContext(v -> {
                        if (closed) {
                            return;
                        }
                        if (answer.succeeded()) {
                            hear(answer.result());
                        }
                        wasAsked = true;
                        if (sentinels.stream().allMatch(sentinel -> sentinel.wasAsked)) {
                            answerThoseWaiting();
                        }
                        vertx.setTimer(
                                PAUSE_MILLIS,
                                due -> context.runOnContext(again -> {
                                    if (!closed) {
                                        ask();
                                    }
                                }));
                    }));
        }

        private void hear(List<Response> answers) {
            Response place = answers.get(1);
            if (place == null || place.size() < 2) {
                return;
            }
            String named = hostAndPort(place.get(0).toString(), place.get(1).toString());
            long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            String master = newest.said(host, named, epoch(answers.get(0)), now);
            if (!master.equals(known)) {
                known = master;
                told.forEach(follower -> follower.accept(master));
            }
        }

        void close() {
            closed = true;
            link.close();
        }
    }

    private static long epoch(Response master) {
        for (int i = 0; i + 1 < master.size(); i += 2) {
            if (master.get(i).toString().equals("config-epoch")) {
                return master.get(i + 1).toLong();
            }
        }
        return 0;
    }

    private static String hostAndPort(String host, String port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
