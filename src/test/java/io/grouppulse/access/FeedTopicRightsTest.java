package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every topic of the AsyncAPI document, read at both doors by readers of every kind, while their credentials are taken away or
 * run out, and while a group moves out of their sight.
 */
class FeedTopicRightsTest {
    private static final List<String> SCOPES = List.of("read", "ingest read", "admin read");
    private static final List<List<String>> ORGS = List.of(List.of("a/1"), List.of("a/1", "b/2"), List.of("b"));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Path tokens;
    private static AccessStage stage;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        tokens = dir.resolve("tokens.yaml");
        writeTokens(true);
        stage = AccessStage.start(dir.resolve("data"), Map.of("auth.tokens", tokens.toString()));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    /** The ways into the feed. */
    private enum Door {
        WEBSOCKET,
        EVENT_STREAM;

        FeedListener open(String token, List<String> topics) throws Exception {
            return this == WEBSOCKET
                    ? new FeedReader(stage.port(), token).asksFor(topics)
                    : new EventStreamReader(stage.port(), token, topics);
        }

        /** Returns once each topic was heard of. */
        FeedListener read(String token, List<String> topics) throws Exception {
            FeedListener listener = open(token, topics);
            assertThat(listener.hearsOf(topics)).as("%s of %s", this, topics).isTrue();
            return listener;
        }

        /** The same with a credential that runs out as soon after that as this machine allows. */
        FeedListener readForAWhile(Reader reader, List<String> topics) throws Exception {
            for (long seconds = 2; seconds < LIMIT.toSeconds(); seconds *= 2) {
                JsonObject claims = new JsonObject()
                        .put("sub", "runs out")
                        .put("scope", reader.scope())
                        .put("orgs", reader.orgs())
                        .put("exp", System.currentTimeMillis() / 1_000 + seconds);
                FeedListener listener = open(SignedTokens.hs256(claims), topics);
                if (listener.hearsOf(topics)) {
                    return listener;
                }
            }
            throw new AssertionError("no topic is heard of at " + this);
        }
    }

    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (String scope : SCOPES) {
            ORGS.forEach(orgs -> readers.add(new Reader(scope, orgs)));
            readers.add(new Reader(scope, null));
        }
        return readers;
    }

    private static String staticToken(Reader reader) {
        return "a-token-" + reader.scope().replace(' ', '-') + "-of-"
                + String.join("-", orgsOf(reader)).replace('/', '.');
    }

    private static List<String> orgsOf(Reader reader) {
        return reader.orgs() == null ? List.of("all") : reader.orgs();
    }

    /** One that stays is always in it. */
    private static void writeTokens(boolean all) throws IOException {
        StringBuilder yaml =
                new StringBuilder("tokens:\n- {name: stays, token: 'a-token-that-stays', scopes: [read]}\n");
        for (Reader reader : all ? readers() : List.<Reader>of()) {
            yaml.append("- {name: '")
                    .append(staticToken(reader))
                    .append("', token: '")
                    .append(staticToken(reader))
                    .append("', scopes: [")
                    .append(reader.scope().replace(" ", ", "))
                    .append(reader.orgs() == null ? "]" : "], orgs: [" + String.join(", ", reader.orgs()) + "]")
                    .append("}\n");
        }
        Files.writeString(tokens, yaml);
    }

    /** Of each shape one topic that the reader may see. */
    private static List<String> topicsOf(Reader reader) throws Exception {
        List<String> topics = new ArrayList<>();
        for (String shape : new TreeSet<>(stage.topicShapes())) {
            AccessRules.topicsOf(shape).stream()
                    .filter(topic -> !topic.startsWith("board:groups:group:") && AccessRules.maySee(topic, reader))
                    .findFirst()
                    .ifPresent(topics::add);
        }
        return topics;
    }

    private static void take(String group, String id) throws Exception {
        String order = new JsonObject(AccessStage.order(group))
                .put("id", id)
                .put("order", id)
                .put("item", id)
                .encode();
        assertThat(stage.send("POST", "/api/v1/events?wait=applied", AccessStage.ADMIN, order)
                        .body())
                .contains("\"accepted\":1");
    }

    @Test
    void credentialsTakenAwayOrRunOut_endEveryTopicAtBothDoors_andNothingComesAfterwards() throws Exception {
        Map<String, FeedListener> ending = new TreeMap<>();
        int combinations = 0;
        List<FeedListener> staying = new ArrayList<>();
        for (Door door : Door.values()) {
            for (Reader reader : readers()) {
                List<String> topics = topicsOf(reader);
                ending.put(door + " of " + reader, door.read(staticToken(reader), topics));
                combinations += topics.size();
            }
            staying.add(door.read("a-token-that-stays", List.of("orders:")));
        }
        assertThat(combinations).isGreaterThan(800);
        assertThat(ending.values()).allMatch(FeedListener::isOpen);

        writeTokens(false);
        for (Door door : Door.values()) {
            for (List<String> orgs : ORGS) {
                Reader reader = new Reader("read", orgs);
                ending.put(door + " of one that runs out: " + reader, door.readForAWhile(reader, topicsOf(reader)));
            }
        }

        for (FeedListener one : ending.values()) {
            one.awaitDismissal();
        }
        take("in-both", "after-the-end");
        for (FeedListener one : staying) {
            one.awaitFrame(frame -> frame.contains("after-the-end"));
            assertThat(one.isOpen()).isTrue();
            one.hangUp();
        }
        ending.forEach(
                (who, one) -> assertThat(one.since(0)).as(who).noneMatch(frame -> frame.contains("after-the-end")));
    }

    private static Stream<String> topicsAbout(String org, @Nullable String group) throws Exception {
        List<String> topics = new ArrayList<>();
        for (String shape : new TreeSet<>(stage.topicShapes())) {
            String closed = shape.startsWith("board:") ? shape.replaceAll(":\\.\\+$", ":5m") : shape;
            if (closed.contains(".*")) {
                topics.add(closed.replace(".*", org));
            } else if (group != null && closed.contains("group:.+") && !closed.startsWith("board:groups:")) {
                topics.add(closed.replace(".+", group));
            }
        }
        return topics.stream();
    }

    @Test
    void aGroupThatMovesAway_isHeardOfNoMoreUnderAnyTopicAtEitherDoor() throws Exception {
        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/1")));
        take("walker", "before-the-move");
        List<String> ofOrg = topicsAbout("a/1", null).toList();
        List<String> ofGroup = topicsAbout("a/1", "walker")
                .filter(topic -> topic.contains("walker"))
                .toList();
        assertThat(ofOrg).hasSizeGreaterThan(15);
        assertThat(ofGroup).hasSizeGreaterThan(12);
        List<String> topics = Stream.concat(ofOrg.stream(), ofGroup.stream()).toList();
        String chief = SignedTokens.token("all", "read", null);
        FeedReader all = new FeedReader(stage.port(), chief).reads("orders:");
        Map<String, FeedListener> old = new TreeMap<>();
        for (Door door : Door.values()) {
            for (List<String> orgs : List.of(List.of("a/1"), List.of("a/1", "b/2"))) {
                old.put(door + " of " + orgs, door.read(new Reader("read", orgs).token(), topics));
            }
        }
        old.forEach((who, one) -> assertThat(one.since(0))
                .as("there is something to hear of it: %s", who)
                .anyMatch(frame -> frame.contains("before-the-move")));

        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/10")));
        Map<String, Integer> heard = new TreeMap<>();
        for (Map.Entry<String, FeedListener> one : old.entrySet()) {
            for (String topic : ofGroup) {
                one.getValue()
                        .awaitFrame(
                                frame -> frame.contains("\"code\":\"forbidden\"") && FeedListener.isOf(topic, frame));
            }
            heard.put(one.getKey(), one.getValue().frames());
        }
        take("walker", "after-the-move");
        all.awaitFrame(frame -> frame.contains("after-the-move"));
        take("in-a-one", "elsewhere");

        for (Map.Entry<String, FeedListener> one : old.entrySet()) {
            int before = heard.getOrDefault(one.getKey(), 0);
            one.getValue().awaitFrame(frame -> FeedListener.isOf("orders:a/1", frame) && frame.contains("elsewhere"));
            // each of them says within five seconds at least that it is alive
            assertThat(Deadline.in(LIMIT)
                            .until(() -> ofOrg.stream()
                                    .allMatch(topic -> one.getValue().since(before).stream()
                                            .anyMatch(frame -> FeedListener.isOf(topic, frame)))))
                    .as("what is left is heard of: %s", one.getKey())
                    .isTrue();
            assertThat(one.getValue().since(before))
                    .as(one.getKey())
                    .noneMatch(frame -> frame.contains("after-the-move"))
                    .noneMatch(frame -> ofGroup.stream().anyMatch(topic -> FeedListener.isOf(topic, frame)));
        }
        for (FeedListener one : old.values()) {
            one.hangUp();
        }
        all.hangUp();
        stage.send("DELETE", "/api/v1/groups/walker", AccessStage.ADMIN, "");
    }
}
