package io.grouppulse.nodes;

import io.grouppulse.eventlog.ShardLeases;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node among many: tells that it is there, takes free shards that it is to own, gives away those that another one is
 * to own, and the lead if nobody has it. Everything but {@link #view} happens on one context.
 */
public final class NodeCrew {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCrew.class);
    private static final long ROUND_MILLIS = 500;
    private static final int MOVES_AT_A_TIME = 2;
    private static final String FREE = "";

    private final Vertx vertx;
    private final Context context;
    private final Membership membership;
    private final ShardLeases leases;
    private final Rooms rooms;
    private final Member start;
    private final int shards;
    private final Holdings holdings;
    private boolean leaving;
    private boolean roundIsUnderWay;
    private boolean roundIsDue;
    private long heardAt = System.nanoTime();
    private volatile CrewView view = CrewView.NOBODY;
    private volatile String waitsFor = "";

    /** @param self this node as it begins: owning nothing */
    public NodeCrew(Vertx vertx, Membership membership, ShardLeases leases, Rooms rooms, Member self, int shards) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.membership = membership;
        this.leases = leases;
        this.rooms = rooms;
        this.start = self;
        this.shards = shards;
        this.holdings = new Holdings(context, leases, rooms, this::look);
    }

    /** Begins to take part. */
    public void join() {
        leases.onLost(shard -> context.runOnContext(v -> holdings.lost(shard)));
        context.runOnContext(v -> {
            round();
            vertx.setPeriodic(ROUND_MILLIS, timer -> {
                if (leaving) {
                    vertx.cancelTimer(timer);
                } else {
                    round();
                }
            });
        });
    }

    /** What this node saw last. */
    public CrewView view() {
        return view;
    }

    /** The nodes that this one cannot work with and waits for to go; empty if there are none. */
    public String waitsFor() {
        return waitsFor;
    }

    /** Somebody says that something has changed: looks at once. */
    public void look() {
        context.runOnContext(v -> {
            if (!leaving) {
                round();
            }
        });
    }

    /** Gives everything away; completes once others can have it. */
    public Future<Void> leave() {
        Promise<Void> left = Promise.promise();
        context.runOnContext(v -> {
            leaving = true;
            holdings.refuseMore();
            membership
                    .tell(self())
                    .onComplete(told -> context.runOnContext(heard -> holdings.giveAll()
                            .compose(given -> membership.leave(self()).otherwiseEmpty())
                            .onSuccess(away -> rooms.changed())
                            .onComplete(left)));
        });
        return left.future();
    }

    private Member self() {
        return new Member(start.name(), start.life(), start.format(), holdings.leads(), leaving, holdings.owned());
    }

    private void round() {
        if (roundIsUnderWay) {
            roundIsDue = true;
            return;
        }
        roundIsUnderWay = true;
        roundIsDue = false;
        membership
                .tell(self())
                .onComplete(told -> context.runOnContext(v -> {
                    roundIsUnderWay = false;
                    if (told.succeeded()) {
                        heardAt = System.nanoTime();
                        CrewView before = view;
                        see(new CrewView(told.result()));
                        tellOfChange(before);
                    } else if ((System.nanoTime() - heardAt) / 1_000_000 > leases.leaseMillis()) {
                        // nobody can be reached any more, and what this node owned may be others'
                        show(CrewView.NOBODY);
                    }
                    if (roundIsDue && !leaving) {
                        round();
                    }
                }));
    }

    private void see(CrewView seen) {
        waitsFor = strangers(seen);
        show(seen);
        if (leaving || !waitsFor.isEmpty()) {
            return;
        }
        if (!holdings.leads() && seen.leader() == null) {
            holdings.takeLead();
        }
        Map<Integer, String> owners = new HashMap<>(seen.owners());
        holdings.owned().forEach(shard -> owners.put(shard, start.name()));
        Map<Integer, String> wanted = Spread.of(seen.takers(start.format()), shards, owners);
        boolean mayTake = mayTake(seen);
        int moves = 0;
        for (int shard = 0; shard < shards; shard++) {
            boolean isWanted = start.name().equals(wanted.get(shard));
            if (holdings.isMoving(shard)) {
                continue;
            }
            if (isWanted
                    && mayTake
                    && !holdings.owned().contains(shard)
                    && owners.getOrDefault(shard, FREE).isEmpty()) {
                holdings.take(shard);
            } else if (!isWanted
                    && holdings.owned().contains(shard)
                    && wanted.containsKey(shard)
                    && moves < MOVES_AT_A_TIME) {
                moves++;
                LOG.info("shard {} moves to {}", shard, wanted.get(shard));
                holdings.give(shard);
            }
        }
    }

    /** What this node has just taken or given away, others need not find at their next round. */
    private void tellOfChange(CrewView before) {
        Member then = before.find(start.name());
        Member now = view.find(start.name());
        if (then != null
                && now != null
                && (then.leads() != now.leads() || !now.shards().equals(then.shards()))) {
            rooms.changed();
        }
    }

    private void show(CrewView seen) {
        if (!seen.equals(view)) {
            view = seen;
            rooms.seen(seen);
        }
    }

    /** Those that work, and speak otherwise, are not disturbed. Those that only wait as well are not waited for. */
    private String strangers(CrewView seen) {
        if (!holdings.isNothing()) {
            return "";
        }
        return String.join(
                ", ",
                seen.members().stream()
                        .filter(member -> !isOfThisVersion(member))
                        .filter(member -> member.leads() || !member.shards().isEmpty())
                        .map(Member::name)
                        .toList());
    }

    /** Where nodes of two versions begin at once, those of the one that leads work: only one of them can. */
    private boolean mayTake(CrewView seen) {
        Member leader = seen.leader();
        return seen.members().stream().allMatch(this::isOfThisVersion)
                || holdings.leads()
                || (leader != null && isOfThisVersion(leader));
    }

    private boolean isOfThisVersion(Member member) {
        return member.format().equals(start.format());
    }
}
