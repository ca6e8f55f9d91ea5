package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.EventLog.Follower;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one shard: asks for what comes after its position, again and again and never blocking, and takes what this
 * process has appended at once. Everything but {@link #offer} runs on the follower's context.
 */
final class ShardFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ShardFeed.class);
    private static final int ENTRIES_AT_A_TIME = 32;
    private static final long PAUSE_MILLIS = 100;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 250;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final RedisLink link;
    private final ShardKeys keys;
    private final Follower follower;
    private final History history;
    private final Context context;
    private final Runnable regressed;
    private final Promise<Void> caughtUp = Promise.promise();
    private long target = Long.MAX_VALUE;
    private long pause = NO_TIMER;
    private boolean isCaughtUp;
    private boolean stopped;
    private @Nullable Future<Boolean> reading;
    private volatile @Nullable String problem;

    ShardFeed(
            Vertx vertx,
            RedisLink link,
            ShardKeys keys,
            Follower follower,
            History history,
            Context context,
            Runnable regressed) {
        this.vertx = vertx;
        this.link = link;
        this.keys = keys;
        this.follower = follower;
        this.history = history;
        this.context = context;
        this.regressed = regressed;
    }

    Future<Void> start() {
        context.runOnContext(v -> read());
        return caughtUp.future();
    }

    /** An entry that was just appended here. Completes once it was handed over, or cannot be at this time. */
    Future<Void> offer(LogEntry entry, String tag, String before) {
        Promise<Void> taken = Promise.promise();
        context.runOnContext(v -> {
            if (stopped || entry.position() <= history.position()) {
                taken.complete();
            } else if (isCaughtUp && history.isNext(entry.position(), before)) {
                handOver(entry, tag);
                taken.complete();
            } else if (isCaughtUp) {
                readUpTo(entry.position(), taken);
            } else {
                taken.complete();
            }
        });
        return taken.future();
    }

    /** One round may not reach it, where much was appended at once. */
    private void readUpTo(long position, Promise<Void> taken) {
        read().onComplete(round -> {
            if (stopped || history.position() >= position || round.failed() || !round.result()) {
                taken.complete();
            } else {
                readUpTo(position, taken);
            }
        });
    }

    /** Completes once everything that was there at the time of this call was handed over; fails if Redis says nothing. */
    Future<Void> readToEnd() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> readOn(read(), done));
        return done.future();
    }

    private void readOn(Future<Boolean> round, Promise<Void> done) {
        round.onComplete(read -> {
            if (stopped) {
                done.fail("the log of shard " + keys.shard() + " is not followed any more");
            } else if (read.failed()) {
                done.fail(read.cause());
            } else if (read.result()) {
                readOn(read(), done);
            } else {
                done.complete();
            }
        });
    }

    /** Why nothing is handed over any more, or null. */
    @Nullable String problem() {
        return problem;
    }

    void stop() {
        context.runOnContext(v -> stopped = true);
    }

    /** Says that what was handed over is not the log any more, once. */
    void regress(String why) {
        context.runOnContext(v -> giveUp(why));
    }

    /** One round at a time: who asks while one is under way gets the next. Completes with whether there is more. */
    private Future<Boolean> read() {
        Future<Boolean> current = reading;
        if (current != null) {
            return current.transform(done -> {
                Future<Boolean> next = reading;
                if (stopped) {
                    return Future.succeededFuture(false);
                }
                return next == null ? read() : next;
            });
        }
        long after = history.position();
        String tag = history.tag();
        List<Request> commands = List.of(
                Request.cmd(Command.HMGET).arg(keys.state()).arg("end").arg("tag"),
                Request.cmd(Command.XRANGE)
                        .arg(keys.log())
                        .arg("(0-" + after)
                        .arg("+")
                        .arg("COUNT")
                        .arg(ENTRIES_AT_A_TIME));
        Promise<Boolean> round = Promise.promise();
        reading = round.future();
        link.batch(commands, TIMEOUT_MILLIS)
                .onComplete(answer -> context.runOnContext(v -> {
                    reading = null;
                    boolean more = false;
                    if (!stopped && answer.succeeded()) {
                        more = take(after, tag, answer.result());
                    }
                    goOn(more, answer.succeeded());
                    if (answer.succeeded()) {
                        round.complete(more);
                    } else {
                        round.fail(answer.cause());
                    }
                }));
        return round.future();
    }

    private void goOn(boolean more, boolean isUp) {
        if (stopped) {
            return;
        }
        vertx.cancelTimer(pause);
        if (more) {
            read();
        } else {
            pause = vertx.setTimer(isUp ? PAUSE_MILLIS : PAUSE_AFTER_FAILURE_MILLIS, due -> {
                if (!stopped && reading == null) {
                    read();
                }
            });
        }
    }

    /** Whether there is more to read. */
    private boolean take(long after, String tag, List<Response> answer) {
        try {
            return takeAll(after, tag, answer);
        } catch (LogDamagedException e) {
            stop(e);
            return false;
        }
    }

    private boolean takeAll(long after, String tag, List<Response> answer) {
        Response last = answer.get(0);
        long end = last.get(0) == null ? 0 : last.get(0).toLong();
        String endTag = last.get(1) == null ? "" : last.get(1).toString();
        if (end < after) {
            giveUp("shard " + keys.shard() + " had reached position " + after + ", but its log ends at " + end);
            return false;
        }
        if (end == after && !tag.isEmpty() && !endTag.equals(tag)) {
            giveUp("the entry at position " + after + " of shard " + keys.shard() + " is another one than it was");
            return false;
        }
        if (target == Long.MAX_VALUE) {
            target = end;
        }
        String before = tag;
        for (Response item : answer.get(1)) {
            StoredEntry entry = StoredEntry.of(keys.shard(), item);
            if (!take(entry, before)) {
                return false;
            }
            before = entry.tag();
        }
        if (before.equals(tag) && end > after && history.position() == after) {
            giveUp("entries after position " + after + " of shard " + keys.shard() + " are gone from the log");
            return false;
        }
        catchUp();
        return history.position() < end || answer.get(1).size() == ENTRIES_AT_A_TIME;
    }

    private boolean take(StoredEntry stored, String before) {
        LogEntry entry = stored.entry();
        boolean follows = before.isEmpty() || before.equals(stored.before());
        if (entry.position() <= history.position()) {
            follows &= entry.position() < history.position() || stored.tag().equals(history.tag());
        } else {
            follows &= entry.position() == history.position() + 1;
        }
        if (!follows) {
            giveUp("the entry at position " + entry.position() + " of shard " + keys.shard()
                    + " does not follow what had been read up to " + history.position());
            return false;
        }
        if (entry.position() > history.position()) {
            handOver(entry, stored.tag());
        }
        return !stopped;
    }

    private void handOver(LogEntry entry, String tag) {
        history.reach(entry.position(), tag);
        try {
            follower.onEntry(entry);
        } catch (RuntimeException | Error e) {
            stop(e);
        }
    }

    /** Going on would leave a gap that nobody sees. */
    private void stop(Throwable cause) {
        LOG.error("the follower is handed nothing more: shard={}", keys.shard(), cause);
        stopped = true;
        problem = "shard " + keys.shard() + " is handed nothing more: " + cause.getMessage();
        caughtUp.tryFail(cause);
    }

    private void catchUp() {
        if (!stopped && !isCaughtUp && history.position() >= target) {
            isCaughtUp = true;
            follower.onCaughtUp();
            caughtUp.tryComplete();
        }
    }

    private void giveUp(String why) {
        if (stopped) {
            return;
        }
        stopped = true;
        if (!isCaughtUp) {
            caughtUp.tryFail(new LogDamagedException(why
                    + ": the log and the saved groups do not belong together; restore both from the same backup, or"
                    + " empty the database to start anew"));
            return;
        }
        LOG.warn("log regression shard={} {}", keys.shard(), why);
        regressed.run();
        follower.onRegression(why);
    }
}
