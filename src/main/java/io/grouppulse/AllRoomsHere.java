package io.grouppulse;

import io.grouppulse.clock.MonitorClock;
import io.grouppulse.windowing.TickerVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A monitor that is alone on its store: every shard is here, and so is the lead. */
final class AllRoomsHere implements InnerRooms {
    private final int shards;
    private final ShardRooms shardRooms;
    private final LeaderRooms leaderRooms;
    private final MonitorClock clock;
    private final WindowingMeters meters;

    AllRoomsHere(
            int shards, ShardRooms shardRooms, LeaderRooms leaderRooms, MonitorClock clock, WindowingMeters meters) {
        this.shards = shards;
        this.shardRooms = shardRooms;
        this.leaderRooms = leaderRooms;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Future<Void> open() {
        List<Future<Void>> opened = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            opened.add(shardRooms.open(shard));
        }
        return Future.all(opened).compose(done -> leaderRooms.open(new TickerVerticle(clock, meters)));
    }

    @Override
    public Future<Void> watch() {
        return leaderRooms.watch();
    }

    @Override
    public Future<Void> shut() {
        return leaderRooms.shut().eventually(shardRooms::shutAll);
    }

    @Override
    public boolean leads() {
        return true;
    }

    @Override
    public boolean areShared() {
        return false;
    }

    @Override
    public @Nullable String problem() {
        return null;
    }
}
