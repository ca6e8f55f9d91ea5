package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One group takes a tenth of all traffic. The others send and read what they have just sent, first without it, then
 * beside it: the report shows both under names of their own, to be compared.
 */
public final class HotGroup extends Simulation {
    private static final int BODY = 10;
    private static final int HOT_BODY = 50;
    private static final int OTHERS_TO_HOT = 9;

    private final int seconds = Target.number("seconds", 60);
    private final int rate = Target.number("rate", 2_000);
    private final Target target = new Target(Target.number("groups", 1_000));
    private final Told told = new Told();
    private final Producers producers = new Producers(target, told);

    public HotGroup() {
        Duration half = Duration.ofSeconds(Math.max(1, seconds / 2));
        double bodies = (double) rate / BODY;
        double hotBodies = (double) rate / OTHERS_TO_HOT / HOT_BODY;
        ScenarioBuilder hot =
                scenario("the hot group").exec(producers.send("the hot group: events", this::hotBatch));
        ScenarioBuilder afterwards = scenario("afterwards")
                .exec(pause(Duration.ofSeconds(5)))
                .exec(producers.verify());
        setUp(others("calm")
                        .injectOpen(constantUsersPerSec(bodies).during(half))
                        .andThen(
                                hot.injectOpen(constantUsersPerSec(hotBodies).during(half)),
                                others("beside the hot group")
                                        .injectOpen(constantUsersPerSec(bodies).during(half))
                                        .andThen(afterwards.injectOpen(atOnceUsers(1)))))
                .protocols(target.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("beside the hot group: read").successfulRequests().count().gte(1L),
                        details("REST equals what was sent")
                                .successfulRequests()
                                .count()
                                .is(1L));
    }

    /** A producer that reads its own writes: the group shows at least what was just sent to it. */
    private ScenarioBuilder others(String phase) {
        return scenario(phase)
                .exec(producers.sendAndWait(phase + ": events, applied", session -> batch(session, phase)))
                .exec(exec(http(phase + ": read")
                        .get(session -> "/api/v1/groups/" + groupOf(session))
                        .check(
                                status().is(200),
                                jsonPath("$.windows['5m'].messages").ofInt().gte(BODY))));
    }

    @Override
    public void before() {
        target.register();
    }

    /** Group 0 is the hot one. */
    private String groupOf(Session session) {
        return target.group(1 + session.userId() % (target.groups() - 1));
    }

    private Batch batch(Session session, String phase) {
        Batch batch = new Batch(target.idPrefix(session.userId(), phase.substring(0, 1)));
        for (int i = 0; i < BODY; i++) {
            batch.message(System.currentTimeMillis(), groupOf(session), "m" + ThreadLocalRandom.current().nextInt(300));
        }
        return batch;
    }

    private Batch hotBatch(Session session) {
        Batch batch = new Batch(target.idPrefix(session.userId(), "hot"));
        for (int i = 0; i < HOT_BODY; i++) {
            batch.message(System.currentTimeMillis(), target.group(0), "m" + ThreadLocalRandom.current().nextInt(300));
        }
        return batch;
    }
}
