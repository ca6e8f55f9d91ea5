package io.grouppulse.faults;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The Redis servers of a run. */
abstract class RedisSite implements AutoCloseable {
    private static final Duration WHOLE_LIMIT = Duration.ofMinutes(2);

    /** How the servers stand to each other. */
    enum Kind {
        /** One server. */
        ONE,
        /** A master and two replicas under three Sentinels. */
        SENTINEL,
        /** Three masters with a replica each. */
        CLUSTER
    }

    /** What a server keeps on its disk. Nothing rewrites the AOF, so that it can be cut off where it once ended. */
    enum Persistence {
        NONE("--appendonly", "no"),
        /** A snapshot every five seconds. */
        RDB("--appendonly", "no", "--save", "5 1"),
        EVERYSEC("--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0"),
        ALWAYS("--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");

        private final String options;

        Persistence(String... options) {
            this.options = String.join("\n", options);
        }
    }

    /**
     * How each server with data is set up.
     *
     * @param minReplicas {@code min-replicas-to-write}, with a lag of a second; 0 for none
     */
    record Setup(Persistence persistence, int minReplicas) {
        static final Setup USUAL = new Setup(Persistence.EVERYSEC, 0);

        /** Options of the server and more; replicas get what they lack at once. */
        String[] options(String... more) {
            List<String> all = new ArrayList<>(Arrays.asList(persistence.options.split("\n", -1)));
            all.addAll(List.of("--repl-diskless-sync-delay", "0"));
            if (minReplicas > 0) {
                all.addAll(List.of(
                        "--min-replicas-to-write", Integer.toString(minReplicas), "--min-replicas-max-lag", "1"));
            }
            all.addAll(Arrays.asList(more));
            return all.toArray(String[]::new);
        }
    }

    /** Servers at addresses of the loopback that no other run has. */
    static final class Addresses {
        private static final AtomicInteger RUNS = new AtomicInteger();
        private static final int ROOM = 16;

        private final String net;
        private int last = RUNS.getAndIncrement() % ROOM * ROOM;

        Addresses() {
            long pid = ProcessHandle.current().pid();
            net = "127." + (64 + pid % 128) + "." + (pid / 128 % 250) + ".";
        }

        String next() {
            last++;
            return net + last;
        }
    }

    /** The setting {@code store} of a monitor. */
    abstract String store();

    /** The setting {@code ingest.ack} with which no fault of this site loses what was acknowledged. */
    abstract String ack();

    /** All servers with data, whatever their roles. */
    abstract List<RedisServer> servers();

    /** The Sentinels; none on other sites. */
    abstract List<RedisServer> sentinels();

    /** A server that is a master now. */
    abstract RedisServer master(SplittableRandom random) throws Exception;

    /** The servers that follow this master. */
    abstract List<RedisServer> replicasOf(RedisServer master) throws Exception;

    /** Asks for another master in place of this one, and returns when it is. */
    abstract void failOverByHand(RedisServer master) throws Exception;

    /** Whether each server runs, and each replica follows a master that runs. */
    abstract boolean isWhole() throws Exception;

    /** Starts what has ended, and waits until all is as it was in the beginning, if with other roles. */
    final void makeWhole() throws Exception {
        for (RedisServer server : servers()) {
            restartIfDead(server);
        }
        for (RedisServer sentinel : sentinels()) {
            restartIfDead(sentinel);
        }
        if (!Deadline.in(WHOLE_LIMIT).until(() -> asked(this::isWhole))) {
            throw new IOException("the Redis servers did not become whole again within " + WHOLE_LIMIT);
        }
    }

    /** What the server says that has the key. */
    final String ask(String... command) throws IOException {
        String answer = "";
        for (RedisServer server : servers()) {
            answer = server.isAlive() ? server.command(command) : "";
            if (!answer.isEmpty() && !answer.startsWith("-")) {
                return answer;
            }
        }
        throw new IOException("no server answers " + String.join(" ", command) + ": " + answer);
    }

    private static void restartIfDead(RedisServer server) throws Exception {
        if (!server.isAlive()) {
            server.restart();
        }
    }

    /** A server that does not answer says no. */
    static boolean asked(Deadline.Condition question) throws Exception {
        try {
            return question.holds();
        } catch (IOException unanswered) {
            return false;
        }
    }

    @Override
    public void close() {
        servers().forEach(RedisServer::close);
        sentinels().forEach(RedisServer::close);
    }
}
