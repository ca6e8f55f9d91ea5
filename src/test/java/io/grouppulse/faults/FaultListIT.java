package io.grouppulse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.faults.RedisSite.Kind;
import io.grouppulse.faults.RedisSite.Persistence;
import io.grouppulse.faults.RedisSite.Setup;
import io.grouppulse.faults.Round.Plan;
import io.grouppulse.testing.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thirty faults of every kind that does not take long, on each kind of site: nothing lost, doubled or wrong. */
@Tag("long")
class FaultListIT {
    private static final int EVENTS_A_FAULT = 150;

    @TempDir
    Path directory;

    @Test
    void thirtyFaults_loseNothing_countNothingTwice_andLeaveEveryMeasureRight() throws Exception {
        boolean asRoot = PacketFilter.problem().isEmpty()
                && OneRedis.diskProblem(directory).isEmpty();
        boolean canShiftClocks = RunningServer.clockProblem().isEmpty();
        List<Plan> plans = List.of(
                plan(
                        Kind.ONE,
                        Fault.REDIS_KILL,
                        Fault.MONITOR_KILL,
                        Fault.REDIS_TRUNCATED,
                        Fault.REDIS_FULL,
                        asRoot ? Fault.DISK_FULL : Fault.REDIS_FULL,
                        Fault.REDIS_SLOW,
                        Fault.MONITOR_PAUSE),
                plan(
                        Kind.ONE,
                        Fault.REDIS_KILL,
                        asRoot ? Fault.MONITORS_CUT : Fault.REDIS_PAUSE,
                        Fault.REDIS_PAUSE,
                        Fault.REDIS_TRUNCATED,
                        canShiftClocks ? Fault.CLOCK_JUMP : Fault.REDIS_KILL),
                plan(
                        Kind.SENTINEL,
                        Fault.SENTINEL_KILL,
                        Fault.REPLICA_KILL,
                        Fault.MASTER_KILL,
                        Fault.SENTINEL_KILL,
                        Fault.REDIS_FULL,
                        Fault.FAILOVER),
                plan(
                        Kind.CLUSTER,
                        Fault.FAILOVER,
                        Fault.MASTER_KILL,
                        Fault.REPLICA_KILL,
                        Fault.REDIS_FULL,
                        Fault.MASTER_PAUSE,
                        Fault.FAILOVER),
                plan(
                        Kind.CLUSTER,
                        asRoot ? Fault.MASTER_CUT : Fault.MASTER_KILL,
                        Fault.REDIS_FULL,
                        Fault.FAILOVER,
                        Fault.REPLICA_KILL,
                        Fault.MONITOR_TAKEOVER,
                        Fault.MASTER_KILL));

        Table table = run(plans);

        System.out.println(table);
        assertThat(table.all()).hasSize(30).noneMatch(Table.Result::isWrong);
        assertThat(table.all()).allMatch(result -> result.acknowledged() > 0);
        assertThat(table.all().stream().mapToLong(Table.Result::lost).sum())
                .as("lost by cutting the AOF, so that a loss is seen when there is one")
                .isPositive();
    }

    private static Plan plan(Kind site, Fault... faults) {
        return plan(site, Persistence.EVERYSEC, faults);
    }

    static Table run(List<Plan> plans) throws Exception {
        Table table = new Table();
        FaultList.run(plans, plans.size(), table);
        return table;
    }

    static Plan plan(Kind site, Persistence persistence, Fault... faults) {
        return new Plan(
                site,
                2,
                List.of(faults),
                EVENTS_A_FAULT * faults.length,
                6,
                60,
                Duration.ofMillis(100),
                new Setup(persistence, 0),
                "",
                Duration.ofSeconds(15),
                20_261_126);
    }
}
