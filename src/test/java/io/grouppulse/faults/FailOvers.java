package io.grouppulse.faults;

import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happens to a master that has replicas. Nothing is acknowledged before all of them have it, so the old master, or the
 * replica that was killed, comes back as soon as it was replaced.
 */
final class FailOvers {
    private static final Duration PROMOTION_LIMIT = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final String LOOPBACK = "127.0.0.1";

    private FailOvers() {}

    static Injected kill(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        long since = System.nanoTime();
        master.kill();
        awaitPromotion(replicas);
        master.restart();
        return Injected.since(since);
    }

    /** As start scripts do that ask the Sentinels first, those of charts for Kubernetes among them. */
    static Injected killAndRejoin(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        long since = System.nanoTime();
        master.kill();
        RedisServer promoted = awaitPromotion(replicas);
        master.restartAsReplicaOf(promoted);
        return Injected.since(since);
    }

    static Injected pause(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        long since = System.nanoTime();
        master.freeze();
        awaitPromotion(replicas);
        master.thaw();
        return Injected.since(since);
    }

    /** The monitors stay on the master's side, or lose it as well. */
    static Injected cut(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        List<String> others =
                new ArrayList<>(Stream.concat(scene.site().servers().stream(), scene.site().sentinels().stream())
                        .map(RedisServer::host)
                        .filter(host -> !host.equals(master.host()))
                        .toList());
        if (scene.random().nextBoolean()) {
            others.add(LOOPBACK);
        }
        long since = System.nanoTime();
        scene.filter().cut(master.host(), others);
        awaitPromotion(replicas);
        scene.filter().heal();
        return Injected.since(since);
    }

    static Injected byHand(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        long since = System.nanoTime();
        scene.site().failOverByHand(master);
        awaitPromotion(replicas);
        return Injected.since(since);
    }

    static Injected killReplica(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        RedisServer replica = scene.site().replicasOf(master).get(0);
        long since = System.nanoTime();
        replica.kill();
        replica.restart();
        return Injected.since(since);
    }

    static Injected killSentinel(Scene scene) {
        List<RedisServer> sentinels = scene.site().sentinels();
        long since = System.nanoTime();
        sentinels.get(scene.random().nextInt(sentinels.size())).kill();
        return Injected.since(since);
    }

    private static RedisServer awaitPromotion(List<RedisServer> replicas) throws Exception {
        Deadline deadline = Deadline.in(PROMOTION_LIMIT);
        while (!deadline.isOver()) {
            for (RedisServer replica : replicas) {
                if (RedisSite.asked(() -> replica.command("ROLE").contains("master"))) {
                    return replica;
                }
            }
            Deadline.pause(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("no replica was promoted within " + PROMOTION_LIMIT);
    }
}
