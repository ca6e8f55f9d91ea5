package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A source was cut off and now sends everything at once: up to eight minutes late, out of order, a tenth of it twice.
 * Afterwards every minute of the history is exactly what was sent.
 */
public final class LateBurst extends Simulation {
    private static final int BODY = 100;
    private static final long LATEST = 8 * 60_000L;

    private final int seconds = Target.number("seconds", 40);
    private final int rate = Target.number("rate", 1_000);
    private final int late = Target.number("late", 50_000);
    private final int screens = Target.number("screens", 100);
    private final Target target = new Target(Target.number("groups", 200));
    private final Told told = new Told();
    private final Producers producers = new Producers(target, told);
    private final Screens screen = new Screens(target, Target.number("every", 1_000));

    public LateBurst() {
        ScenarioBuilder punctual =
                scenario("punctual").exec(producers.send("events", session -> batch(session, "punctual", 0)));
        ScenarioBuilder burst = scenario("the burst")
                .exec(producers.send("late events", session -> batch(session, "late", LATEST)))
                .exec(doIf(session -> session.userId() % 10 == 0).then(producers.sendAgain("late events, again")));
        ScenarioBuilder watching = scenario("screens")
                .exec(screen.connect("screen: connect"))
                .exec(screen.subscribe())
                .exec(during(Duration.ofSeconds(seconds)).on(screen.hear(), pause(Duration.ofSeconds(2))))
                .exec(screen.close());
        setUp(
                        watching.injectOpen(rampUsers(screens).during(Duration.ofSeconds(5))),
                        punctual.injectOpen(
                                constantUsersPerSec((double) rate / BODY).during(Duration.ofSeconds(seconds / 2))),
                        burst.injectOpen(
                                        nothingFor(Duration.ofSeconds(seconds / 2)),
                                        atOnceUsers(late / BODY))
                                .andThen(scenario("afterwards")
                                        .exec(producers.verify())
                                        .injectOpen(atOnceUsers(1))))
                .protocols(target.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("late events: taken in the end")
                                .successfulRequests()
                                .count()
                                .is((long) (late / BODY)),
                        details(Screens.SNAPSHOT).successfulRequests().count().is(2L * screens),
                        details("REST equals what was sent")
                                .successfulRequests()
                                .count()
                                .is(1L));
    }

    @Override
    public void before() {
        target.register();
    }

    /** @param latest how far back its events may lie */
    private Batch batch(Session session, String part, long latest) {
        Batch batch = new Batch(target.idPrefix(session.userId(), part));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < BODY; i++) {
            long ts = System.currentTimeMillis() - (latest == 0 ? 0 : random.nextLong(latest));
            String group = target.group(random.nextInt(target.groups()));
            String member = "m" + random.nextInt(300);
            if (random.nextInt(10) == 0) {
                batch.order(ts, group, member, 990 + random.nextInt(20_000));
            } else {
                batch.message(ts, group, member);
            }
        }
        return batch;
    }
}
