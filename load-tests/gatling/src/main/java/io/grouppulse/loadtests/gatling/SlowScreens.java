package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some screens ask for much and read nothing. Nobody else may notice: producers are acknowledged, the other screens hear
 * something all the time, the server keeps no more than its limit for those, and in the end cuts them off.
 */
public final class SlowScreens extends Simulation {
    private static final int BODY = 50;
    private static final String SOCKET = "socket";
    private static final String CUT_OFF = "slow screen: cut off";
    private static final String BOUNDED = "unread bytes within the limit";

    /** Until buffers of the operating systems between them are full. */
    private static final int FILLING_SECONDS = 30;

    private final int seconds = Target.number("seconds", 60);
    private final int stall = Target.number("stall", 120);
    private final int slow = Target.number("slow", 50);
    private final int screens = Target.number("screens", 200);
    private final int rate = Target.number("rate", 2_000);
    private final long unread = Target.number("unread", 1 << 20);
    private final Target target = new Target(Target.number("groups", 100));
    private final Producers producers = new Producers(target, new Told());
    private final Screens screen = new Screens(target, Target.number("every", 250));

    public SlowScreens() {
        int length = Math.max(seconds, stall + FILLING_SECONDS);
        ScenarioBuilder deaf = scenario("slow screens")
                .exec(session -> session.set(SOCKET, SlowSocket.open(target)))
                .exec(pause(Duration.ofSeconds(length)))
                .exec(dummy(CUT_OFF, 0).withSuccess(session -> session.<SlowSocket>get(SOCKET).isEnded()));
        ScenarioBuilder watching = scenario("screens")
                .exec(screen.connect("screen: connect"))
                .exec(screen.subscribe())
                .exec(during(Duration.ofSeconds(length)).on(screen.hear(), pause(Duration.ofSeconds(1))))
                .exec(screen.close());
        ScenarioBuilder meter = scenario("what the server keeps")
                .exec(during(Duration.ofSeconds(length))
                        .on(
                                http("metrics")
                                        .get("/metrics")
                                        .check(
                                                status().is(200),
                                                regex("(?m)^grouppulse_feed_unread_bytes ([0-9.E]+)")
                                                        .saveAs("unread")),
                                dummy(BOUNDED, 0)
                                        .withSuccess(session -> Double.parseDouble(session.getString("unread"))
                                                <= (double) unread * (slow + screens)),
                                pause(Duration.ofSeconds(5))));
        ScenarioBuilder events = scenario("producers").exec(producers.send("events", this::batch));
        setUp(
                        deaf.injectOpen(atOnceUsers(slow)),
                        watching.injectOpen(rampUsers(screens).during(Duration.ofSeconds(10))),
                        meter.injectOpen(atOnceUsers(1)),
                        events.injectOpen(
                                        constantUsersPerSec((double) rate / BODY).during(Duration.ofSeconds(length)))
                                .andThen(scenario("afterwards")
                                        .exec(producers.verify())
                                        .injectOpen(atOnceUsers(1))))
                .protocols(target.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(CUT_OFF).successfulRequests().count().is((long) slow),
                        details(Screens.SNAPSHOT).successfulRequests().count().is(2L * screens),
                        details(Screens.ALIVE).successfulRequests().count().gte((long) screens),
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
        Batch batch = new Batch(target.idPrefix(session.userId(), "slow"));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < BODY; i++) {
            String group = target.group(random.nextInt(target.groups()));
            String member = "m" + random.nextInt(300);
            if (i == 0) {
                batch.order(System.currentTimeMillis(), group, member, 990);
            } else {
                batch.message(System.currentTimeMillis(), group, member);
            }
        }
        return batch;
    }
}
