package io.grouppulse.ingest.redis;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream round by round: some entries, into the log, acknowledged. First those that are pending on this consumer
 * from before, then new ones, and now and then those that others left pending. Lives on one context.
 *
 * <p>A round that failed is taken up where it failed; what was pending besides is looked for again. So an entry comes
 * twice only if the process ends between the log and the acknowledgement, and then its event is known by its id.
 */
final class StreamReader {
    private final StreamSettings settings;
    private final StreamGroup group;
    private final Intake intake;
    private final EventScreen screen;
    private final SourceLedger ledger;
    private final StreamMeters meters;
    private final LongSupplier clock;
    private final Context home;
    private final ReadSize size = new ReadSize();

    private boolean groupIsThere;
    private boolean ownAreRead;
    private String own = StreamGroup.BEGINNING;
    private String newest = StreamGroup.BEGINNING;
    private String claimFrom = StreamGroup.BEGINNING;
    private long claimDue;
    private @Nullable Batch held;

    /** @param clock the wall clock, epoch milliseconds */
    StreamReader(
            StreamSettings settings,
            StreamGroup group,
            Intake intake,
            EventScreen screen,
            SourceLedger ledger,
            StreamMeters meters,
            LongSupplier clock,
            Context home) {
        this.settings = settings;
        this.group = group;
        this.intake = intake;
        this.screen = screen;
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
        this.home = home;
    }

    /** Entries on their way through the log. */
    private static final class Batch {
        private final List<StreamEntry> entries;
        private final List<GroupInput> inputs = new ArrayList<>();
        private int rejected;
        private int deleted;
        private boolean durable;

        Batch(List<StreamEntry> entries) {
            this.entries = entries;
        }
    }

    /** Completes with whether there may be more to do at once. */
    Future<Boolean> round() {
        if (!groupIsThere) {
            return home(group.ensure(newest)).map(done -> {
                groupIsThere = true;
                ownAreRead = false;
                own = StreamGroup.BEGINNING;
                return true;
            });
        }
        if (held != null) {
            return finish(held).map(true);
        }
        if (!ownAreRead) {
            return readOwn();
        }
        return clock.getAsLong() >= claimDue ? claim() : readFresh();
    }

    /** After a failure: the group may have gone, and entries may have become pending unseen. */
    void startOver() {
        groupIsThere = false;
    }

    private Future<Boolean> readOwn() {
        return home(group.pending(own, size.entries())).compose(entries -> {
            if (entries.isEmpty()) {
                ownAreRead = true;
                return Future.succeededFuture(true);
            }
            own = lastOf(entries);
            return take(entries).map(true);
        });
    }

    private Future<Boolean> claim() {
        return home(group.claim(claimFrom, size.entries())).compose(claimed -> {
            claimFrom = claimed.next();
            if (claimFrom.equals(StreamGroup.BEGINNING)) {
                claimDue = clock.getAsLong() + settings.claimAfter() / 2;
            }
            meters.claimed(claimed.entries().size());
            return take(claimed.entries()).map(true);
        });
    }

    private Future<Boolean> readFresh() {
        int asked = size.entries();
        return home(group.fresh(asked))
                .compose(entries -> take(entries).map(done -> {
                    if (!entries.isEmpty()) {
                        newest = lastOf(entries);
                    }
                    if (entries.size() < asked) {
                        ledger.readToEnd(settings.source(), clock.getAsLong());
                    }
                    return !entries.isEmpty();
                }));
    }

    private Future<Void> take(List<StreamEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        size.saw(entries);
        Batch batch = new Batch(entries);
        for (StreamEntry entry : entries) {
            byte[] json = entry.json();
            GroupEvent event = json == null ? null : screen.read(json, settings.source());
            if (event != null) {
                batch.inputs.add(event);
            } else if (json != null) {
                batch.rejected++;
            } else {
                batch.deleted++;
            }
        }
        return finish(batch);
    }

    private Future<Void> finish(Batch batch) {
        held = batch;
        Future<Void> durable = batch.durable || batch.inputs.isEmpty()
                ? Future.succeededFuture()
                : home(intake.take(batch.inputs, false)).mapEmpty();
        return durable.compose(done -> {
                    batch.durable = true;
                    return home(group.acknowledge(batch.entries));
                })
                .onSuccess(done -> {
                    held = null;
                    meters.acknowledged(batch.inputs.size(), batch.rejected, batch.deleted);
                });
    }

    private static String lastOf(List<StreamEntry> entries) {
        return entries.get(entries.size() - 1).id();
    }

    /** Whoever completes the future: what follows happens on the reader's own context. */
    private <T> Future<T> home(Future<T> future) {
        return Future.future(promise -> future.onComplete(result -> home.runOnContext(v -> promise.handle(result))));
    }
}
