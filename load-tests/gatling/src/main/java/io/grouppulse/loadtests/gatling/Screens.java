package io.grouppulse.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.WsFrameCheck;
import java.time.Duration;
import java.util.function.Function;

/** What a screen does at the feed: it connects, subscribes, gets its snapshots, and then hears something all the time. */
final class Screens {
    static final String SNAPSHOT = "screen: snapshot";
    static final String ALIVE = "screen: the next frame";
    private static final String PING = "{\"op\":\"ping\",\"n\":1}";

    /** How long anything may take before it counts as missing: no measure of speed, that is what the report is for. */
    private static final Duration PATIENCE = Duration.ofSeconds(Target.number("patience", 60));

    private final String node;
    private final String orders;
    private final int every;

    Screens(Target target, int every) {
        this.node = "org:" + target.org();
        this.orders = "orders:" + target.org();
        this.every = every;
    }

    String node() {
        return node;
    }

    String orders() {
        return orders;
    }

    ChainBuilder connect(String name) {
        return exec(ws(name).connect("/feed").subprotocol("grouppulse.v1")).exec(exitHereIfFailed());
    }

    /** Subscribes to the node and to its orders; keeps where they stand. */
    ChainBuilder subscribe() {
        return exec(first(node, "node")).exec(first(orders, "orders")).exec(exitHereIfFailed());
    }

    private ChainBuilder first(String topic, String place) {
        WsFrameCheck.Text snapshot = ws.checkTextMessage(SNAPSHOT)
                .matching(jsonPath("$.topic").is(topic), jsonPath("$.kind").exists())
                .check(
                        jsonPath("$.kind").is("snapshot"),
                        jsonPath("$.epoch").saveAs(place + "Epoch"),
                        jsonPath("$.seq").ofLong().saveAs(place + "Seq"));
        return exec(ws("screen: subscribe").sendText(subscription(topic, "")).await(PATIENCE).on(snapshot));
    }

    /** Subscribes again from where the screen was: what it missed, a tick, or a snapshot, all three are right. */
    ChainBuilder resume(String name) {
        return exec(again(name, node, "node")).exec(again(name, orders, "orders"));
    }

    private ChainBuilder again(String name, String topic, String place) {
        WsFrameCheck.Text next = ws.checkTextMessage(name)
                .matching(jsonPath("$.topic").is(topic), jsonPath("$.kind").exists())
                .check(jsonPath("$.kind").in("snapshot", "delta", "append", "tick"));
        Function<Session, String> text = session -> subscription(
                topic,
                ",\"since\":{\"epoch\":\"" + session.getString(place + "Epoch") + "\",\"seq\":"
                        + session.getLong(place + "Seq") + "}");
        return exec(ws("screen: subscribe again").sendText(text).await(PATIENCE).on(next));
    }

    private String subscription(String topic, String since) {
        return "{\"op\":\"subscribe\",\"topic\":\"" + topic + "\",\"every\":" + every + since + "}";
    }

    /** Waits for the next frame of the node, whatever it says. */
    ChainBuilder hear() {
        WsFrameCheck.Text alive = ws.checkTextMessage(ALIVE)
                .matching(jsonPath("$.topic").is(node))
                .check(jsonPath("$.kind").in("snapshot", "delta", "tick"));
        return exec(ws("screen: ping").sendText(PING).await(PATIENCE).on(alive));
    }

    /** Asks for the orders anew and waits for one: with the snapshot, or as it comes. */
    ChainBuilder seeOrder(String name) {
        WsFrameCheck.Text order = ws.checkTextMessage(name)
                .matching(jsonPath("$.topic").is(orders), jsonPath("$.data[0].order").exists())
                .check(jsonPath("$.kind").in("snapshot", "append"));
        return exec(ws("screen: subscribe to orders").sendText(subscription(orders, "")).await(PATIENCE).on(order));
    }

    ChainBuilder close() {
        return exec(ws("screen: close").close());
    }
}
