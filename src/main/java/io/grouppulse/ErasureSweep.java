package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskSaved;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.ingest.Intake;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what members who were erased have left on disk from it: all shards are saved, the log before that is freed, the saved groups are
 * written anew. Once for all erasures of a while, as it costs as much as writing everything. That one is due is itself on disk
 * before an erasure is taken, so that a crash puts it off and no more.
 */
final class ErasureSweep {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureSweep.class);
    private static final long AGAIN_AFTER_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 60_000;
    private static final int TRIES = 5;

    private final Vertx vertx;
    private final int shards;
    private final EventLog log;
    private final GroupStore groups;
    private final Document due;
    private final long delayMillis;
    private final BooleanSupplier looksAfterOthers;
    private boolean scheduled;
    private long noted;
    private long taken;
    private long swept;
    private volatile boolean closed;

    /**
     * @param delayMillis from the first erasure to the sweep
     * @param looksAfterOthers whether this node now also does what another one has noted and may not be there to do
     */
    ErasureSweep(
            Vertx vertx,
            int shards,
            EventLog log,
            GroupStore groups,
            Document due,
            long delayMillis,
            BooleanSupplier looksAfterOthers) {
        this.vertx = vertx;
        this.shards = shards;
        this.log = log;
        this.groups = groups;
        this.due = due;
        this.delayMillis = delayMillis;
        this.looksAfterOthers = looksAfterOthers;
    }

    /** Takes up what was due before a restart, and from now on what a node that is gone has left. */
    Future<Void> resume() {
        vertx.setPeriodic(LOOK_MILLIS, timer -> {
            if (looksAfterOthers.getAsBoolean()) {
                takeUp().onFailure(cause -> LOG.debug("not known whether a sweep is due", cause));
            }
        });
        return takeUp();
    }

    private Future<Void> takeUp() {
        return vertx.executeBlocking(() -> isLeft()).map(left -> {
            if (left) {
                schedule(delayMillis);
            }
            return null;
        });
    }

    private synchronized boolean isLeft() throws IOException {
        return !scheduled && isDue();
    }

    /** Begins no further sweep; one that is under way fails, and comes after the next start. */
    void close() {
        closed = true;
    }

    /** The intake, with a sweep to follow each erasure. */
    Intake after(Intake intake) {
        return new Intake() {
            @Override
            public long asOf() {
                return intake.asOf();
            }

            @Override
            public boolean hasRoom() {
                return intake.hasRoom();
            }

            @Override
            public Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied) {
                if (inputs.stream().noneMatch(MemberErasure.class::isInstance)) {
                    return intake.take(inputs, awaitApplied);
                }
                return vertx.executeBlocking(() -> note())
                        .compose(done -> settle(intake)
                                .compose(settled -> intake.take(inputs, awaitApplied))
                                .onComplete(ended -> taken()));
            }
        };
    }

    /**
     * What a shard tells others of a member, such as an order that names no group, comes to them after what it was told
     * itself, and would come after the erasure, too, with the old id. So all that came before has been applied, told and
     * saved first; an entry in every shard that concerns nobody shows when.
     */
    private Future<Void> settle(Intake intake) {
        String nobody = "nobody." + UUID.randomUUID();
        return intake.take(List.of(new MemberErasure(nobody, nobody)), true).compose(applied -> saveAll());
    }

    private synchronized boolean isDue() throws IOException {
        byte[] content = due.read();
        return content != null && content.length > 0;
    }

    /** Each time something else, so that a sweep of another node that ends now does not take it for what it has swept. */
    private synchronized boolean note() throws IOException {
        byte[] content = ("due " + UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
        for (int left = TRIES; ; left--) {
            try {
                due.read();
                due.replace(content);
                noted++;
                return true;
            } catch (DocumentChangedException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Also one that failed: it may be in the log all the same. */
    private synchronized void taken() {
        taken++;
        schedule(delayMillis);
    }

    private synchronized void schedule(long millis) {
        if (!scheduled && !closed) {
            scheduled = true;
            vertx.setTimer(Math.max(1, millis), timer -> begin());
        }
    }

    private void begin() {
        long reached = reached();
        vertx.executeBlocking(() -> isNeeded(reached))
                .onSuccess(needed -> {
                    if (needed) {
                        begin(reached);
                    } else {
                        next(0);
                    }
                })
                .onFailure(cause -> next(AGAIN_AFTER_MILLIS));
    }

    /** Another node may have swept meanwhile, but only what had been taken by then. */
    private synchronized boolean isNeeded(long reached) throws IOException {
        return isDue() || reached > swept;
    }

    private void begin(long reached) {
        long began = System.nanoTime();
        sweep().compose(freed -> vertx.executeBlocking(() -> ended(freed, reached)))
                .onSuccess(done -> {
                    LOG.info("swept what erased members left on disk seconds={}", (System.nanoTime() - began) / 1e9);
                    next(done ? 0 : delayMillis);
                })
                .onFailure(cause -> {
                    LOG.warn("what erased members left is still on disk, will try again: {}", cause.getMessage());
                    next(AGAIN_AFTER_MILLIS);
                });
    }

    private synchronized long reached() {
        return taken;
    }

    /** What has been taken since it was looked last is not scheduled by anybody else. */
    private synchronized void next(long millis) {
        scheduled = false;
        if (millis > 0 || taken > swept) {
            schedule(millis > 0 ? millis : delayMillis);
        }
    }

    /** Whether nothing is due any more: somebody may have been erased while it went on. */
    private synchronized boolean ended(boolean freed, long reached) throws IOException {
        if (!freed) {
            throw new IOException("the log still holds it");
        }
        swept = reached;
        if (noted != reached) {
            return false;
        }
        try {
            due.replace(new byte[0]);
            return true;
        } catch (DocumentChangedException e) {
            LOG.debug("another node has erased somebody meanwhile");
            return false;
        }
    }

    private Future<Boolean> sweep() {
        return log.part()
                .compose(boundary ->
                        saveAll().compose(saved -> groups.rewrite()).compose(rewritten -> log.isFreed(boundary)));
    }

    private Future<Void> saveAll() {
        List<Future<Object>> saved = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            saved.add(vertx.eventBus()
                    .request(Feeds.shard(shard), new AskSaved(), Feeds.options())
                    .map(answer -> answer));
        }
        return Future.all(saved).mapEmpty();
    }
}
