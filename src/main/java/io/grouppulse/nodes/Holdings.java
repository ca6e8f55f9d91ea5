package io.grouppulse.nodes;

import io.grouppulse.eventlog.ShardLeases;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node owns: each shard, and the lead, is leased before its room is opened, and free only after that is shut. One
 * thing at a time happens to each. To be used on one context.
 */
final class Holdings {
    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

    /** Who could not lead leaves it to others for so long. */
    private static final long LEAVES_LEAD_NANOS = 5_000_000_000L;

    private final Context context;
    private final ShardLeases leases;
    private final Rooms rooms;
    private final Runnable changed;
    private final Set<Integer> owned = new TreeSet<>();
    private final Map<Integer, Future<Void>> moving = new HashMap<>();
    private boolean leads;
    private long leadsNotBefore = System.nanoTime();
    private boolean givesAway;

    /** @param changed is told when something was taken or given */
    Holdings(Context context, ShardLeases leases, Rooms rooms, Runnable changed) {
        this.context = context;
        this.leases = leases;
        this.rooms = rooms;
        this.changed = changed;
    }

    Set<Integer> owned() {
        return owned;
    }

    boolean leads() {
        return leads;
    }

    boolean isNothing() {
        return !leads && owned.isEmpty();
    }

    boolean isMoving(int shard) {
        return moving.containsKey(shard);
    }

    void take(int shard) {
        move(shard, onContext(leases.take(shard)).compose(taken -> {
            if (!taken || givesAway) {
                return taken ? leases.leave(shard) : Future.succeededFuture();
            }
            owned.add(shard);
            return onContext(rooms.open(shard)).onSuccess(open -> changed.run()).recover(cause -> {
                LOG.error("shard {} cannot be opened", shard, cause);
                owned.remove(shard);
                return leases.leave(shard);
            });
        }));
    }

    void takeLead() {
        if (isMoving(ShardLeases.WHOLE) || System.nanoTime() - leadsNotBefore < 0) {
            return;
        }
        move(ShardLeases.WHOLE, onContext(leases.take(ShardLeases.WHOLE)).compose(taken -> {
            if (!taken || givesAway) {
                return taken ? leases.leave(ShardLeases.WHOLE) : Future.succeededFuture();
            }
            LOG.info("this node leads, epoch={}", leases.epoch(ShardLeases.WHOLE));
            // Told before the first tick is announced: who does not know of a leader does not answer it.
            leads = true;
            changed.run();
            return onContext(rooms.openLead()).recover(cause -> {
                LOG.error("this node cannot lead", cause);
                leads = false;
                leadsNotBefore = System.nanoTime() + LEAVES_LEAD_NANOS;
                return leases.leave(ShardLeases.WHOLE);
            });
        }));
    }

    /** It is nobody's once everything is saved. */
    Future<Void> give(int shard) {
        return move(shard, onContext(rooms.shut(shard)).eventually(() -> {
            owned.remove(shard);
            return leases.leave(shard).onComplete(left -> changed.run());
        }));
    }

    private Future<Void> giveLead() {
        leads = false;
        return move(ShardLeases.WHOLE, onContext(rooms.shutLead()).eventually(() -> leases.leave(ShardLeases.WHOLE)));
    }

    /** Takes nothing from now on. */
    void refuseMore() {
        givesAway = true;
    }

    /** Gives everything away; completes when all of it is nobody's, or could not be given. */
    Future<Void> giveAll() {
        List<Future<Void>> gone = new ArrayList<>();
        List.copyOf(owned).forEach(shard -> gone.add(give(shard)));
        gone.addAll(moving.values());
        if (leads) {
            gone.add(giveLead());
        }
        return Future.join(gone).<Void>mapEmpty().otherwiseEmpty();
    }

    /** It is another's already. */
    void lost(int shard) {
        Future<Void> before = moving.getOrDefault(shard, Future.succeededFuture());
        if (shard == ShardLeases.WHOLE) {
            leads = false;
            move(shard, before.transform(done -> onContext(rooms.shutLead())));
        } else {
            owned.remove(shard);
            move(shard, before.transform(done -> onContext(rooms.shut(shard))));
        }
    }

    private Future<Void> move(int shard, Future<Void> step) {
        moving.put(shard, step);
        step.onComplete(done -> context.runOnContext(v -> {
            moving.remove(shard, step);
        }));
        return step;
    }

    private <T> Future<T> onContext(Future<T> future) {
        Promise<T> here = Promise.promise();
        future.onComplete(result -> context.runOnContext(v -> here.handle(result)));
        return here.future();
    }
}
