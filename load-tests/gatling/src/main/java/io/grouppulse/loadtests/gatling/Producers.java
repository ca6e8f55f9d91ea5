package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.function.Function;

/** Producers that do as the contract says: what the server has no room for, they send again, ids and all, until it is taken. */
final class Producers {
    private static final String BATCH = "batch";
    private static final String STATUS = "status";
    private static final String TRIES = "tries";
    private static final String DIFFERENCE = "difference";
    private static final int OK = 200;
    private static final int MOST_TRIES = 60;

    private final Target target;
    private final Told told;

    Producers(Target target, Told told) {
        this.target = target;
        this.told = told;
    }

    /** Sends a batch until it is acknowledged; only then it counts as told. */
    ChainBuilder send(String name, Function<Session, Batch> make) {
        return send(name, "/api/v1/events", make);
    }

    /** The same, answered only when every query shows the events. */
    ChainBuilder sendAndWait(String name, Function<Session, Batch> make) {
        return send(name, "/api/v1/events?wait=applied", make);
    }

    private ChainBuilder send(String name, String path, Function<Session, Batch> make) {
        return exec(session -> session.set(BATCH, make.apply(session)).set(STATUS, 0).set(TRIES, 0))
                .exec(asLongAs(session -> !isTaken(session) && session.getInt(TRIES) < MOST_TRIES)
                        .on(post(name, path), doIf(session -> !isTaken(session)).then(pause(Duration.ofSeconds(1)))))
                .exec(dummy(name + ": taken in the end", 0).withSuccess(Producers::isTaken))
                .exec(session -> {
                    if (isTaken(session)) {
                        told.add(batch(session));
                    }
                    return session;
                });
    }

    /** Sends the last batch again, as a producer does that never got the answer: nothing may count twice. */
    ChainBuilder sendAgain(String name) {
        return exec(post(name, "/api/v1/events"));
    }

    private static ChainBuilder post(String name, String path) {
        return exec(http(name)
                        .post(path)
                        .header("Content-Type", "application/x-ndjson")
                        .body(StringBody(session -> batch(session).body()))
                        .check(status().in(OK, 429, 503), status().saveAs(STATUS))
                        .checkIf((response, session) -> response.status().code() == OK)
                        .then(jsonPath("$.accepted").ofInt().is(session -> batch(session).size())))
                .exec(session -> session.set(TRIES, session.getInt(TRIES) + 1));
    }

    /** Without an answer (a refused connection, say) the batch counts as not taken. */
    private static boolean isTaken(Session session) {
        return !session.isFailed() && session.getInt(STATUS) == OK;
    }

    private static Batch batch(Session session) {
        return session.<Batch>get(BATCH);
    }

    /** Asks for the history of this run until it is what was told; after a minute of something else it is wrong. */
    ChainBuilder verify() {
        return exec(session -> session.set(DIFFERENCE, "not asked").set(TRIES, 0))
                .exec(asLongAs(session ->
                                !session.getString(DIFFERENCE).isEmpty() && session.getInt(TRIES) < MOST_TRIES)
                        .on(
                                pause(Duration.ofSeconds(1)),
                                exec(http("history of what was sent")
                                        .get(session -> "/api/v1/history?scope=org:" + target.org() + "&measures="
                                                + Told.MEASURES + "&step=1m&from=" + told.bounds()[0] + "&to="
                                                + told.bounds()[1])
                                        .check(status().is(OK), bodyString().saveAs("history"))),
                                exec(session -> session.set(DIFFERENCE, told.difference(session.getString("history")))
                                        .set(TRIES, session.getInt(TRIES) + 1))))
                .exec(session -> {
                    String difference = session.getString(DIFFERENCE);
                    System.out.printf(
                            "%,d events acknowledged; %s%n",
                            told.events(),
                            difference.isEmpty() ? "the history says the same, minute by minute" : difference);
                    return session;
                })
                .exec(dummy("REST equals what was sent", 0)
                        .withSuccess(session -> session.getString(DIFFERENCE).isEmpty()));
    }
}
