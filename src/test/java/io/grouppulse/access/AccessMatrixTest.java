package io.grouppulse.access;

import static io.grouppulse.access.AccessStage.ADMIN;
import static io.grouppulse.access.AccessStage.GROUPS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grouppulse.access.AccessRules.Ask;
import io.grouppulse.testing.Deadline;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every path of the OpenAPI document and every topic of the AsyncAPI document, asked by every kind of reader about every part of
 * the organisation, groups that were moved included: the answer is that of {@link AccessRules}, and none names what its reader
 * may not see.
 */
class AccessMatrixTest {
    private static AccessStage stage;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        stage = AccessStage.start(dir, Map.of());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void everyPath_forEveryReader_answersByTheRule_andNamesNothingOfOthers() throws Exception {
        Set<String> unknown = new TreeSet<>();
        int asked = 0;
        for (String template : stage.paths()) {
            for (Reader reader : Reader.all()) {
                List<Ask> asks = AccessRules.asks(template, reader);
                if (asks.isEmpty()) {
                    unknown.add(template);
                }
                for (Ask ask : asks) {
                    check(ask, reader);
                    asked++;
                }
            }
        }
        unknown.removeAll(AccessRules.OPEN);
        unknown.removeIf(path -> path.startsWith("/callbacks/"));
        unknown.removeAll(
                Set.of("/api/v1/events", "/api/v1/feed", "/api/v1/groups/{id}/roster", "/api/v1/members/{id}"));
        for (String path : unknown) {
            String concrete = path.replaceAll("\\{[^}]*}", "x");
            assertThat(stage.send("GET", concrete, new Reader("read", List.of("a/1")).token(), "")
                            .statusCode())
                    .as("what has no rule of its own is closed to readers of a subtree: %s", path)
                    .isEqualTo(403);
        }
        assertThat(asked).isGreaterThan(2_000);
    }

    @Test
    void everyTopic_forEveryReader_isDecidedByTheRule_andNamesNothingOfOthers() throws Exception {
        Set<String> topics = new TreeSet<>();
        stage.topicShapes().forEach(shape -> topics.addAll(AccessRules.topicsOf(shape)));
        int asked = 0;
        for (Reader reader : Reader.all()) {
            if (reader.has("read")) {
                Map<String, String> answers = TopicAnswers.of(stage.port(), reader.token(), topics);
                topics.forEach(topic -> check(topic, String.valueOf(answers.get(topic)), reader));
                asked += topics.size();
            }
        }
        assertThat(asked).isGreaterThan(1_000);
    }

    @Test
    void everyTopic_forEveryReaderOfEvents_isDecidedByTheRule_andNamesNothingOfOthers() throws Exception {
        Set<String> topics = new TreeSet<>();
        for (String shape : stage.topicShapes()) {
            AccessRules.topicsOf(shape).stream()
                    .filter(topic -> !topic.startsWith("board:groups:group:"))
                    .forEach(topics::add);
        }
        int asked = 0;
        for (Reader reader : Reader.all()) {
            if (reader.scope().equals("read")) {
                for (String topic : topics) {
                    EventStreamReader stream = new EventStreamReader(stage.port(), reader.token(), List.of(topic));
                    boolean allowed = AccessRules.maySee(topic, reader);
                    assertThat(stream.status()).as("%s of %s", reader, topic).isEqualTo(allowed ? 200 : 403);
                    if (allowed) {
                        stream.awaitFrame(frame -> FeedListener.isOf(topic, frame));
                        check(topic, stream.since(0).get(0), reader);
                    }
                    stream.hangUp();
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(500);
    }

    private static void check(String topic, String frame, Reader reader) {
        if (topic.startsWith("board:groups:group:")) {
            assertThat(frame).as("%s of %s", reader, topic).contains("unknown_topic");
            return;
        }
        assertThat(frame)
                .as("%s of %s", reader, topic)
                .contains(AccessRules.maySee(topic, reader) ? "\"kind\":\"snapshot\"" : "\"code\":\"forbidden\"");
        if (frame.contains("snapshot")) {
            GROUPS.keySet().stream()
                    .filter(group -> !reader.sees(group))
                    .forEach(group ->
                            assertThat(frame).as("%s of %s", reader, topic).doesNotContain(group));
            Stream.of("a/1", "a/10", "b/2")
                    .filter(org -> !reader.covers(org))
                    .forEach(org ->
                            assertThat(frame).as("%s of %s", reader, topic).doesNotContain('"' + org + '"'));
        }
    }

    private static void check(Ask ask, Reader reader) throws Exception {
        HttpResponse<String> answer = stage.send("GET", ask.path(), reader.token(), "");

        assertThat(answer.statusCode())
                .as("%s asks %s", reader, ask.path())
                .isEqualTo(reader.has("read") && ask.allowed() ? 200 : 403);
        if (answer.statusCode() == 200 && reader.orgs() != null) {
            for (String group : GROUPS.keySet()) {
                if (!reader.sees(group)) {
                    assertThat(answer.body())
                            .as("%s asks %s", reader, ask.path())
                            .doesNotContain(group);
                }
            }
            if (!reader.covers("b")) {
                assertThat(answer.body()).as("%s asks %s", reader, ask.path()).doesNotContain("sale-b");
            }
            for (String org : List.of("a/1", "a/10", "b/2")) {
                if (!reader.covers(org)) {
                    assertThat(answer.body())
                            .as("%s asks %s", reader, ask.path())
                            .doesNotContain('"' + org + '"');
                }
            }
        }
        if (answer.statusCode() == 200 && !reader.has("admin")) {
            assertThat(answer.body()).as("%s asks %s", reader, ask.path()).doesNotContain("buyer-", "friend-");
        }
    }

    private static List<@Nullable String> tokensThatDoNotHold() {
        JsonObject claims = new JsonObject()
                .put("sub", "chief")
                .put("scope", "admin ingest read")
                .put("exp", SignedTokens.NEVER);
        JsonObject none = new JsonObject().put("alg", "none");
        String unsigned = SignedTokens.encoded(none.encode().getBytes(UTF_8)) + "."
                + SignedTokens.encoded(claims.encode().getBytes(UTF_8)) + ".";
        return Arrays.asList(
                null,
                "",
                "nonsense",
                ADMIN.substring(0, ADMIN.length() - 3),
                SignedTokens.hs256(claims.copy().put("exp", 1_700_000_000)),
                unsigned,
                SignedTokens.sign(new JsonObject().put("alg", "HS256"), claims, new byte[32]));
    }

    @Test
    void eventsAndFeeds_withACredentialThatDoesNotHold_areRefused() throws Exception {
        for (String token : tokensThatDoNotHold()) {
            assertThat(stage.send("POST", "/api/v1/events", token, AccessStage.order("of-a-stranger"))
                            .statusCode())
                    .as("events by %s", token)
                    .isEqualTo(401);
            if (token != null && !token.isEmpty()) {
                new FeedReader(stage.port(), token).awaitDismissal();
                assertThat(new EventStreamReader(stage.port(), token, List.of("orders:")).status())
                        .isEqualTo(401);
            }
        }
        assertThat(stage.send("GET", "/api/v1/groups/of-a-stranger", ADMIN, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyPath_withoutACredential_isOpenOrAsksForOne() throws Exception {
        for (String template : stage.paths()) {
            String path = template.replaceAll("\\{[^}]*}", "x");
            if (path.startsWith("/callbacks/")) {
                assertThat(stage.send("GET", path, null, "").statusCode())
                        .as("no bearer is asked for: %s", path)
                        .isNotIn(200, 401);
                continue;
            }
            for (String token : tokensThatDoNotHold()) {
                HttpResponse<String> answer = stage.send("GET", path, token, "");
                if (AccessRules.OPEN.contains(template)) {
                    assertThat(answer.statusCode()).as(path).isIn(200, 400, 503);
                } else {
                    assertThat(answer.statusCode()).as(path).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                            .startsWith("Bearer");
                }
            }
        }
    }

    @Test
    void changesAndAttemptsAtThem_areInTheAuditLog_withoutTokensAndMembers() throws Exception {
        Logger audit = (Logger) LoggerFactory.getLogger("io.grouppulse.audit");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        audit.addAppender(log);
        try {
            stage.put("/api/v1/groups/audited", new JsonObject().put("orgs", List.of("a/1")));
            stage.send("GET", "/api/v1/groups/audited", ADMIN, "");
            stage.send("DELETE", "/api/v1/members/somebody", ADMIN, "");
            stage.send("DELETE", "/api/v1/groups/audited", new Reader("read", null).token(), "");
            stage.send("DELETE", "/api/v1/groups/audited", ADMIN, "");
            assertThat(Deadline.in(FeedListener.LIMIT).until(() -> log.list.size() >= 4))
                    .isTrue();
        } finally {
            audit.detachAppender(log);
        }

        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactlyInAnyOrder(
                        "name=chief action=PUT target=/api/v1/groups/audited status=200",
                        "name=chief action=DELETE target=/api/v1/members/*** status=204",
                        "name=reader action=DELETE target=/api/v1/groups/audited status=403",
                        "name=chief action=DELETE target=/api/v1/groups/audited status=204");
    }
}
