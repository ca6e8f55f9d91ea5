package io.grouppulse.faults;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.faults.RedisSite.Kind;
import java.util.List;
import java.util.Locale;

/** What is done to a run, one at a time. */
enum Fault {
    MONITOR_KILL("kill -9 of a monitor, started again at once", Where.EVERYWHERE, 3),
    MONITOR_TAKEOVER("kill -9 of a monitor, another one takes over", Where.EVERYWHERE, 2),
    MONITOR_PAUSE("SIGSTOP of a monitor for longer than its lease", Where.EVERYWHERE, 2),
    LOG_TRIMMED("the same until the log is trimmed past its position", Where.EVERYWHERE, 1),
    ROLLING_RESTART("rolling restart", Where.EVERYWHERE, 1),
    SCALE("scale to 2, to 5 and back", Where.EVERYWHERE, 1),
    MONITORS_CUT("partition of monitors and Redis", Where.EVERYWHERE, 2),
    CLOCK_JUMP("the clock of a monitor jumps by an hour, ahead or back", Where.EVERYWHERE, 2),
    REDIS_SLOW("Redis answers late (CLIENT PAUSE)", Where.EVERYWHERE, 3),
    REDIS_FULL("Redis has no memory left (maxmemory)", Where.EVERYWHERE, 3),
    DISK_FULL("the disk of the AOF is full", Where.ONE, 3),
    REDIS_KILL("kill -9 of Redis, started again at once", Where.ONE, 4),
    REDIS_PAUSE("SIGSTOP of Redis", Where.ONE, 3),
    REDIS_TRUNCATED("Redis restarted with a truncated AOF", Where.ONE, 3),
    REDIS_POWER("loss of power, imitated: the AOF ends where it ended a second before", Where.ONE, 0),
    MASTER_KILL("kill -9 of the master, fail-over", Where.REPLICATED, 4),
    MASTER_REJOIN("kill -9 of the master, fail-over, started again as a replica", Where.SENTINEL, 2),
    MASTER_PAUSE("SIGSTOP of the master, fail-over", Where.REPLICATED, 3),
    MASTER_CUT("partition of the master and its peers, fail-over", Where.REPLICATED, 4),
    FAILOVER("fail-over by hand", Where.REPLICATED, 4),
    REPLICA_KILL("kill -9 of a replica", Where.REPLICATED, 2),
    SENTINEL_KILL("kill -9 of a Sentinel", Where.SENTINEL, 2);

    private enum Where {
        EVERYWHERE,
        ONE,
        REPLICATED,
        SENTINEL
    }

    private final String title;
    private final Where where;
    private final int weight;

    Fault(String title, Where where, int weight) {
        this.title = title;
        this.where = where;
        this.weight = weight;
    }

    /** Undoes what the fault left behind. */
    interface Healing {
        Healing NOTHING = () -> {};

        void heal() throws Exception;
    }

    /**
     * A fault that has happened.
     *
     * @param since from when on its recovery is timed, in {@link System#nanoTime}: of a kill, a cut or a stop that others
     *     have to make up for, when it was done; of what ends by itself, when it ended
     * @param healing to be done once the numbers are right again
     * @param perhapsLost what was acknowledged and may be lost by what is stated of the servers' settings
     */
    record Injected(long since, Healing healing, List<List<GroupEvent>> perhapsLost) {
        static Injected since(long since) {
            return new Injected(since, Healing.NOTHING, List.of());
        }

        static Injected since(long since, Healing healing) {
            return new Injected(since, healing, List.of());
        }
    }

    /** Does the harm while events are sent, and returns once a recovery can be waited for. */
    Injected inject(Scene scene) throws Exception {
        return switch (this) {
            case MONITOR_KILL -> MonitorFaults.kill(scene);
            case MONITOR_TAKEOVER -> MonitorFaults.killForGood(scene);
            case MONITOR_PAUSE -> MonitorFaults.pause(scene);
            case LOG_TRIMMED -> MonitorFaults.pauseUntilTrimmed(scene);
            case ROLLING_RESTART -> MonitorFaults.restartEach(scene);
            case SCALE -> MonitorFaults.scale(scene);
            case MONITORS_CUT -> MonitorFaults.cutOff(scene);
            case CLOCK_JUMP -> MonitorFaults.shiftClock(scene);
            case REDIS_SLOW -> RedisFaults.slow(scene);
            case REDIS_FULL -> RedisFaults.fill(scene);
            case DISK_FULL -> RedisFaults.fillDisk(scene);
            case REDIS_KILL -> RedisFaults.kill(scene);
            case REDIS_PAUSE -> RedisFaults.pause(scene);
            case REDIS_TRUNCATED -> RedisFaults.truncate(scene);
            case REDIS_POWER -> RedisFaults.losePower(scene);
            case MASTER_KILL -> FailOvers.kill(scene);
            case MASTER_REJOIN -> FailOvers.killAndRejoin(scene);
            case MASTER_PAUSE -> FailOvers.pause(scene);
            case MASTER_CUT -> FailOvers.cut(scene);
            case FAILOVER -> FailOvers.byHand(scene);
            case REPLICA_KILL -> FailOvers.killReplica(scene);
            case SENTINEL_KILL -> FailOvers.killSentinel(scene);
        };
    }

    boolean isFor(Kind site) {
        return switch (where) {
            case EVERYWHERE -> true;
            case ONE -> site == Kind.ONE;
            case REPLICATED -> site != Kind.ONE;
            case SENTINEL -> site == Kind.SENTINEL;
        };
    }

    /** Whether it needs root, and a kernel that lets it do so. */
    boolean needsRoot() {
        return this == MONITORS_CUT || this == MASTER_CUT || this == DISK_FULL;
    }

    String title() {
        return title;
    }

    /** How often it is chosen beside the others: what takes long is rarer. 0 if it is only done when named. */
    int weight() {
        return weight;
    }

    /** The name that the command line takes, such as {@code monitor-kill}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
