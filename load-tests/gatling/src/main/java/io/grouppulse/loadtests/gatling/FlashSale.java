package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A flash sale at noon: a quarter of the time the groups talk, then ten times as much comes in, two fifths of it paid
 * orders, then it ebbs away. Screens watch all the while.
 */
public final class FlashSale extends Simulation {
    private static final int BODY = 50;
    private static final int CALM_PART = 10;

    private final int seconds = Target.number("seconds", 60);
    private final int rate = Target.number("rate", 2_000);
    private final int screens = Target.number("screens", 200);
    private final Target target = new Target(Target.number("groups", 200));
    private final Told told = new Told();
    private final Producers producers = new Producers(target, told);
    private final Screens screen = new Screens(target, Target.number("every", 1_000));
    private volatile long noon = Long.MAX_VALUE;

    public FlashSale() {
        double bodies = (double) rate / BODY;
        int quarter = Math.max(1, seconds / 4);
        ScenarioBuilder sale = scenario("producers").exec(producers.send("events", this::batch));
        ScenarioBuilder watching = scenario("screens")
                .exec(screen.connect("screen: connect"))
                .exec(screen.subscribe())
                .exec(during(Duration.ofSeconds(seconds)).on(screen.hear(), pause(Duration.ofSeconds(2))))
                .exec(screen.close());
        ScenarioBuilder seeing = scenario("screens that wait for the rain")
                .exec(screen.connect("screen: connect"))
                .exec(screen.subscribe())
                .exec(pause(Duration.ofSeconds(quarter)))
                .exec(screen.seeOrder("screen: sees an order of the sale"))
                .exec(screen.close());
        ScenarioBuilder check = scenario("afterwards")
                .exec(producers.verify())
                .exec(exec(http("the sale is an order rain")
                        .get("/api/v1/rain?scope=org:" + target.org())
                        .check(status().is(200), jsonPath("$.items[0].orders").ofInt().gt(0))));
        setUp(
                        watching.injectOpen(rampUsers(screens).during(Duration.ofSeconds(quarter))),
                        seeing.injectOpen(atOnceUsers(Math.max(1, screens / 10))),
                        sale.injectOpen(
                                        constantUsersPerSec(bodies / CALM_PART).during(Duration.ofSeconds(quarter)),
                                        constantUsersPerSec(bodies).during(Duration.ofSeconds(2L * quarter)),
                                        constantUsersPerSec(bodies / CALM_PART).during(Duration.ofSeconds(quarter)))
                                .andThen(check.injectOpen(atOnceUsers(1))))
                .protocols(target.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(Screens.SNAPSHOT)
                                .successfulRequests()
                                .count()
                                .is(2L * (screens + Math.max(1, screens / 10))),
                        details("screen: sees an order of the sale")
                                .successfulRequests()
                                .count()
                                .is((long) Math.max(1, screens / 10)),
                        details("REST equals what was sent")
                                .successfulRequests()
                                .count()
                                .is(1L));
    }

    @Override
    public void before() {
        target.register();
        noon = System.currentTimeMillis() + Math.max(1, seconds / 4) * 1_000L;
    }

    private Batch batch(Session session) {
        Batch batch = new Batch(target.idPrefix(session.userId(), "sale"));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long now = System.currentTimeMillis();
        double orders = now < noon ? 0.02 : 0.4;
        for (int i = 0; i < BODY; i++) {
            String group = target.group(random.nextInt(target.groups()));
            String member = "m" + random.nextInt(300);
            if (random.nextDouble() < orders) {
                batch.order(now, group, member, 990 + random.nextInt(20_000));
            } else {
                batch.message(now, group, member);
            }
        }
        return batch;
    }
}
