package io.grouppulse.faults;

import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a master that has replicas. Nothing is acknowledged before all of them have it, so the old master, or the
 * replica that was killed, comes back as soon as it was replaced.
 */
final class FailOvers {
    private static final Duration PROMOTION_LIMIT = Duration.ofMinutes(2);
    /** Longer than a fail-over by hand may take before the servers give it up. */
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(15);

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

    /** As operators do: one that cannot do it yet, or had no turn in time and gave it up, is asked once more. */
    static Injected byHand(Scene scene) throws Exception {
        RedisServer master = scene.site().master(scene.random());
        List<RedisServer> replicas = scene.site().replicasOf(master);
        long since = System.nanoTime();
        Deadline deadline = Deadline.in(PROMOTION_LIMIT);
        do {
            if (deadline.isOver()) {
                throw new IllegalStateException("no replica was promoted by hand within " + PROMOTION_LIMIT);
            }
            RedisSite.asked(() -> {
                scene.site().failOverByHand(master);
                return true;
            });
        } while (promoted(replicas, Deadline.in(UNTIL_ASKED_AGAIN)) == null);
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
        RedisServer promoted = promoted(replicas, Deadline.in(PROMOTION_LIMIT));
        if (promoted == null) {
            throw new IllegalStateException("no replica was promoted within " + PROMOTION_LIMIT);
        }
        return promoted;
    }

    /** Null if none was by then. */
    private static @Nullable RedisServer promoted(List<RedisServer> replicas, Deadline deadline) throws Exception {
        while (!deadline.isOver()) {
            for (RedisServer replica : replicas) {
                if (RedisSite.asked(() -> replica.command("ROLE").contains("master"))) {
                    return replica;
                }
            }
            Deadline.pause(BETWEEN_LOOKS);
        }
        return null;
    }
}
