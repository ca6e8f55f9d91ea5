package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskSaved;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.eventlog.Document;
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

    private final Vertx vertx;
    private final int shards;
    private final EventLog log;
    private final GroupStore groups;
    private final Document due;
    private final long delayMillis;
    private boolean scheduled;
    private long noted;
    private long taken;
    private volatile boolean closed;

    /** @param delayMillis from the first erasure to the sweep */
    ErasureSweep(Vertx vertx, int shards, EventLog log, GroupStore groups, Document due, long delayMillis) {
        this.vertx = vertx;
        this.shards = shards;
        this.log = log;
        this.groups = groups;
        this.due = due;
        this.delayMillis = delayMillis;
    }

    /** Takes up what was due before a restart. */
    Future<Void> resume() {
        return vertx.executeBlocking(() -> isDue()).map(left -> {
            if (left) {
                schedule(delayMillis);
            }
            return null;
        });
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

    private synchronized boolean note() throws IOException {
        due.replace("due\n".getBytes(StandardCharsets.UTF_8));
        noted++;
        return true;
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
        long began = System.nanoTime();
        long reached = reached();
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

    private synchronized void next(long millis) {
        scheduled = false;
        if (millis > 0) {
            schedule(millis);
        }
    }

    /** Whether nothing is due any more: somebody may have been erased while it went on. */
    private synchronized boolean ended(boolean freed, long reached) throws IOException {
        if (!freed) {
            throw new IOException("the log still holds it");
        }
        if (noted == reached) {
            due.replace(new byte[0]);
        }
        return noted == reached;
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
