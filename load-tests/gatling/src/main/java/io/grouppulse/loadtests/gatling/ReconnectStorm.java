package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.rendezVous;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * All screens lose their connection at the same moment and come back within five seconds, each from where it was, while
 * events go on coming in.
 */
public final class ReconnectStorm extends Simulation {
    private static final int BODY = 20;
    private static final String BACK = "screen: back where it was";

    private final int screens = Target.number("screens", 10_000);
    private final int ramp = Target.number("ramp", 60);
    private final int seconds = Target.number("seconds", 120);
    private final int rate = Target.number("rate", 200);
    private final Target target = new Target(Target.number("groups", 200));
    private final Producers producers = new Producers(target, new Told());
    private final Screens screen = new Screens(target, Target.number("every", 1_000));

    public ReconnectStorm() {
        ScenarioBuilder storm = scenario("screens")
                .exec(screen.connect("screen: connect"))
                .exec(screen.subscribe())
                .exec(rendezVous(screens))
                .exec(screen.close())
                .exec(pause(Duration.ofMillis(500), Duration.ofSeconds(5)))
                .exec(screen.connect("screen: connect again"))
                .exec(screen.resume(BACK))
                .exec(screen.hear())
                .exec(screen.close());
        ScenarioBuilder events = scenario("producers").exec(producers.send("events", this::batch));
        setUp(
                        storm.injectOpen(rampUsers(screens).during(Duration.ofSeconds(ramp))),
                        events.injectOpen(
                                        constantUsersPerSec((double) rate / BODY).during(Duration.ofSeconds(seconds)))
                                .andThen(scenario("afterwards")
                                        .exec(producers.verify())
                                        .injectOpen(atOnceUsers(1))))
                .protocols(target.protocol())
                // screens that wait for one which never came
                .maxDuration(Duration.ofSeconds(ramp + seconds + 240L))
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(Screens.SNAPSHOT).successfulRequests().count().is(2L * screens),
                        details(BACK).successfulRequests().count().is(2L * screens),
                        details(Screens.ALIVE).successfulRequests().count().is((long) screens),
                        details("REST equals what was sent")
                                .successfulRequests()
                                .count()
                                .is(1L));
    }

    @Override
    public void before() {
        target.register();
    }

    private Batch batch(Session session) {
        Batch batch = new Batch(target.idPrefix(session.userId(), "storm"));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < BODY; i++) {
            String group = target.group(random.nextInt(target.groups()));
            String member = "m" + random.nextInt(300);
            if (i == 0) {
                batch.order(System.currentTimeMillis(), group, member, 1_990);
            } else {
                batch.message(System.currentTimeMillis(), group, member);
            }
        }
        return batch;
    }
}
