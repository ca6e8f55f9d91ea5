package io.grouppulse.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.ingest.Intake.Receipt;
import io.grouppulse.ingest.http.IngestServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryHandlerTest {
    @TempDir
    private Path dir;

    private IngestServer server;

    @BeforeEach
    void open() throws Exception {
        server = IngestServer.open(dir);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void group_isStoredAndToldBack() throws Exception {
        boolean[] awaited = {false};
        server.intake.answerWith((inputs, applied) -> {
            awaited[0] = applied;
            return Future.succeededFuture(new Receipt(0));
        });

        Answer answer = put(
                "groups/g%2F1%20%E7%BE%A4",
                "{'name':'梅溪湖','orgs':['bbg/hunan/meixi','retail/team-3'],'capacity':500,'tags':['vip'],'owner':'u1'}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"group\":\"g/1 群\",\"name\":\"梅溪湖\",\"orgs\":[\"bbg/hunan/meixi\","
                        + "\"retail/team-3\"],\"capacity\":500,\"tags\":[\"vip\"],\"owner\":\"u1\"}"));
        assertThat(server.intake.taken())
                .containsExactly(new GroupProfile(
                        "g/1 群", "梅溪湖", List.of("bbg/hunan/meixi", "retail/team-3"), 500, List.of("vip"), "u1"));
        assertThat(awaited[0]).isTrue();
    }

    @Test
    void emptyProfile_isAGroupWithoutAnything() throws Exception {
        Answer answer = put("groups/g1", "{}");

        assertThat(answer.json().getValue("capacity")).isNull();
        assertThat(server.intake.taken()).containsExactly(new GroupProfile("g1", null, List.of(), 0, List.of(), null));
    }

    @Test
    void roster_isStoredAndToldBack() throws Exception {
        Answer answer = put("groups/g1/roster", "{'members':[{'id':'a'},{'id':'b','role':'bot'}],'version':7}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"group\":\"g1\",\"ts\":1700000000000,\"version\":7,\"members\":["
                        + "{\"id\":\"a\",\"role\":\"customer\"},{\"id\":\"b\",\"role\":\"bot\"}]}"));
        assertThat(server.intake.taken())
                .containsExactly(new GroupRoster(
                        "g1",
                        FakeIntake.T,
                        7,
                        List.of(new GroupRoster.Entry("a", Role.CUSTOMER), new GroupRoster.Entry("b", Role.BOT))));
    }

    @Test
    void rosterWithoutVersion_takesTheWallClock_andTheBeginningOfTimeBeforeAReplay() throws Exception {
        server.intake.asOf(Long.MIN_VALUE);

        put("groups/g1/roster", "{'members':[]}");

        assertThat(server.intake.taken()).containsExactly(new GroupRoster("g1", 0, FakeIntake.T + 1, List.of()));
    }

    @Test
    void roster_mayHave100000Members_andNoMore() throws Exception {
        assertThat(put("groups/g1/roster", roster(100_000)).status()).isEqualTo(200);
        Answer tooMany = put("groups/g1/roster", roster(100_001));

        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().getString("field")).isEqualTo("members");
    }

    @Test
    void groups_areDeleted() throws Exception {
        Answer answer = server.send("DELETE", "/api/v1/groups/g1", "");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.response().body()).isEmpty();
        assertThat(server.intake.taken()).containsExactly(new GroupRemoval("g1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "groups/g1|{'name':''}|bad_field|name",
                "groups/g1|{'name':5}|bad_field|name",
                "groups/g1|{'nmae':'x'}|bad_field|nmae",
                "groups/g1|{'a\\u0000\\n':'x'}|bad_field|a\uFFFD\uFFFD",
                "groups/g1|{'orgs':'bbg'}|bad_field|orgs",
                "groups/g1|{'orgs':['']}|bad_field|orgs",
                "groups/g1|{'orgs':['a//b']}|bad_field|orgs",
                "groups/g1|{'orgs':['a/']}|bad_field|orgs",
                "groups/g1|{'orgs':['a','a']}|bad_field|orgs",
                "groups/g1|{'orgs':['1/2/3/4/5/6/7/8/9']}|bad_field|orgs",
                "groups/g1|{'orgs':[5]}|bad_field|orgs",
                "groups/g1|{'capacity':0}|bad_field|capacity",
                "groups/g1|{'capacity':100001}|bad_field|capacity",
                "groups/g1|{'capacity':5.5}|bad_field|capacity",
                "groups/g1|{'capacity':'5'}|bad_field|capacity",
                "groups/g1|{'capacity':99999999999999999999}|bad_field|capacity",
                "groups/g1|{'tags':[{}]}|bad_field|tags",
                "groups/g1|{'owner':'a\\u0000'}|bad_field|owner",
                "groups/g1|{'name':'a','name':'b'}|malformed_json|",
                "groups/g1|{'name':'a'|malformed_json|",
                "groups/g1|{} x|malformed_json|",
                "groups/g1|[]|malformed_json|",
                "groups/g1|``|malformed_json|",
                "groups/%00|{}|bad_field|id",
                "groups/g1/roster|{}|missing_field|members",
                "groups/g1/roster|{'members':null}|missing_field|members",
                "groups/g1/roster|{'members':{}}|bad_field|members",
                "groups/g1/roster|{'members':['a']}|bad_field|members",
                "groups/g1/roster|{'members':[null]}|missing_field|members.id",
                "groups/g1/roster|{'members':[{'role':'staff'}]}|missing_field|members.id",
                "groups/g1/roster|{'members':[{'id':'a','role':'boss'}]}|bad_field|members.role",
                "groups/g1/roster|{'members':[{'id':'a','name':'x'}]}|bad_field|members.name",
                "groups/g1/roster|{'members':[{'id':'a'},{'id':'a'}]}|bad_field|members",
                "groups/g1/roster|{'members':[],'version':-1}|bad_field|version",
                "groups/g1/roster|{'members':[],'version':1.5}|bad_field|version",
                "campaigns/c1|{'name':'n','org':'a','from':2,'to':1}|bad_field|to",
            })
    void definitionsAgainstTheRules_areRefused(String path, String body, String code, @Nullable String field)
            throws Exception {
        Answer answer = put(path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("code")).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.json().getString("field")).isEqualTo(field);
        assertThat(server.intake.taken()).isEmpty();
    }

    @Test
    void longIds_areRefused() throws Exception {
        assertThat(put("groups/" + "x".repeat(128), "{}").status()).isEqualTo(200);
        assertThat(put("groups/" + "x".repeat(129), "{}").json().getString("field"))
                .isEqualTo("id");
    }

    @Test
    void campaign_isStoredToldBackAndDeleted() throws Exception {
        String definition = "{'name':'七夕','org':'bbg','from':'2023-11-14T22:13:20Z','to':1700000600000,"
                + "'targets':{'gmv':100000,'orders':50},'compareTo':'c0'}";
        JsonObject stored = new JsonObject("{\"id\":\"c1\",\"name\":\"七夕\",\"org\":\"bbg\",\"from\":1700000000000,"
                + "\"to\":1700000600000,\"targets\":{\"gmv\":100000,\"orders\":50},\"compareTo\":\"c0\"}");

        assertThat(put("campaigns/c1", definition).json()).isEqualTo(stored);
        assertThat(server.campaigns.find("c1")).isNotNull();
        assertThat(server.send("DELETE", "/api/v1/campaigns/c1", "").status()).isEqualTo(204);
        assertThat(server.campaigns.find("c1")).isNull();
    }

    @Test
    void overload_isAnsweredAsForEvents() throws Exception {
        server.intake.room(false);
        assertThat(put("groups/g1", "{}").status()).isEqualTo(429);
        server.intake.room(true);
        server.intake.failWith(new LogUnavailableException("full", new IOException("full")));
        Answer unavailable = put("groups/g1", "{}");
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.header("retry-after")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"})
    void otherMediaTypes_areRefused(String contentType) throws Exception {
        Answer answer =
                server.send(server.request("/api/v1/groups/g1", contentType).PUT(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void tooLargeBodies_areRefused() throws Exception {
        Answer answer = put("groups/g1", "{'name':'" + "x".repeat(300_000) + "'}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("code")).isEqualTo("too_large");
    }

    @Test
    void otherMethods_areNamed() throws Exception {
        Answer answer = server.send("POST", "/api/v1/groups/g1", "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("DELETE, PUT");
        assertThat(server.send("PATCH", "/api/v1/groups/g1/roster", "{}").header("allow"))
                .isEqualTo("PUT");
        assertThat(server.send("GET", "/api/v1/groups/g1/else", "").status()).isEqualTo(404);
    }

    private static String roster(int members) {
        return IntStream.range(0, members)
                .mapToObj(i -> "{'id':'member-" + i + "','role':'customer'}")
                .collect(Collectors.joining(",", "{'members':[", "]}"));
    }

    private Answer put(String path, String body) throws Exception {
        return server.send("PUT", "/api/v1/" + path, body.replace('\'', '"'));
    }
}
