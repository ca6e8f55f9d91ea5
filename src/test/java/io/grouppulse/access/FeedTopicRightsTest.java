package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every topic of the AsyncAPI document on live WebSockets of readers of every kind, while their credentials are taken away or run
 * out, and while a group moves out of their sight.
 */
class FeedTopicRightsTest {
    private static final List<String> SCOPES = List.of("read", "ingest read", "admin read");
    private static final List<List<String>> ORGS = List.of(List.of("a/1"), List.of("a/1", "b/2"), List.of("b"));
    /** Longer than a quiet topic takes to say that it is alive. */
    private static final Duration LONGER_THAN_A_TICK = Duration.ofSeconds(7);

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

    /** One connection for each topic of each reader. */
    private static Map<String, FeedReader> connect(Reader reader, String token) throws Exception {
        Map<String, FeedReader> connected = new LinkedHashMap<>();
        for (String topic : topicsOf(reader)) {
            connected.put(
                    reader + " by " + token.substring(0, 7) + " of " + topic,
                    new FeedReader(stage.port(), token).reads(topic));
        }
        return connected;
    }

    @Test
    void credentialsTakenAwayOrRunOut_endEveryTopicWith4401_andNothingComesAfterwards() throws Exception {
        Map<String, FeedReader> ending = new TreeMap<>();
        for (Reader reader : readers()) {
            ending.putAll(connect(reader, staticToken(reader)));
        }
        assertThat(ending).hasSizeGreaterThan(400);
        FeedReader staying = new FeedReader(stage.port(), "a-token-that-stays").reads("orders:");
        assertThat(ending.values()).allMatch(FeedReader::isOpen);

        long soon = System.currentTimeMillis() / 1_000 + 15;
        for (List<String> orgs : ORGS) {
            Reader reader = new Reader("read", orgs);
            ending.putAll(connect(
                    reader,
                    SignedTokens.hs256(new JsonObject()
                            .put("sub", "runs out")
                            .put("scope", "read")
                            .put("orgs", orgs)
                            .put("exp", soon))));
        }
        writeTokens(false);

        for (Map.Entry<String, FeedReader> one : ending.entrySet()) {
            assertThat(one.getValue().closeCode()).as(one.getKey()).isEqualTo(4401);
        }
        take("in-both", "after-the-end");
        staying.awaitFrame(frame -> frame.contains("after-the-end"));
        ending.forEach((who, reader) ->
                assertThat(reader.since(0)).as(who).noneMatch(frame -> frame.contains("after-the-end")));
        assertThat(staying.isOpen()).isTrue();
        staying.hangUp();
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
    void aGroupThatMovesAway_isHeardOfNoMoreUnderAnyTopic() throws Exception {
        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/1")));
        take("walker", "before-the-move");
        List<String> ofOrg = topicsAbout("a/1", null).toList();
        List<String> ofGroup = topicsAbout("a/1", "walker")
                .filter(topic -> topic.contains("walker"))
                .toList();
        assertThat(ofOrg).hasSizeGreaterThan(15);
        assertThat(ofGroup).hasSizeGreaterThan(12);
        FeedReader all = new FeedReader(stage.port(), "a-token-that-stays").reads("orders:");
        Map<String, FeedReader> old = new TreeMap<>();
        for (List<String> orgs : List.of(List.of("a/1"), List.of("a/1", "b/2"))) {
            String token = new Reader("read", orgs).token();
            for (String topic : Stream.concat(ofOrg.stream(), ofGroup.stream()).toList()) {
                old.put(topic + " by " + orgs, new FeedReader(stage.port(), token).reads(topic));
            }
        }
        assertThat(old.entrySet())
                .as("there is something to hear of it")
                .anyMatch(one -> one.getValue().since(0).toString().contains("before-the-move"));

        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/10")));
        for (Map.Entry<String, FeedReader> one : old.entrySet()) {
            if (one.getKey().contains("walker")) {
                one.getValue().awaitFrame(frame -> frame.contains("\"code\":\"forbidden\""));
            }
        }
        Map<String, Integer> heard = new TreeMap<>();
        old.forEach((who, reader) -> heard.put(who, reader.frames()));
        take("walker", "after-the-move");
        all.awaitFrame(frame -> frame.contains("after-the-move"));
        take("in-a-one", "elsewhere");
        Objects.requireNonNull(old.get("orders:a/1 by [a/1]")).awaitFrame(frame -> frame.contains("elsewhere"));
        Deadline.pause(LONGER_THAN_A_TICK);

        old.forEach((who, reader) -> {
            List<String> later = reader.since(heard.getOrDefault(who, 0));
            if (who.contains("walker")) {
                assertThat(later).as(who).isEmpty();
            } else {
                assertThat(later).as(who).isNotEmpty().noneMatch(frame -> frame.contains("after-the-move"));
            }
        });
        Stream.concat(old.values().stream(), Stream.of(all)).forEach(FeedReader::hangUp);
        stage.send("DELETE", "/api/v1/groups/walker", AccessStage.ADMIN, "");
    }
}
