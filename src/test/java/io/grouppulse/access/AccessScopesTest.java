package io.grouppulse.access;

import static io.grouppulse.access.AccessStage.ADMIN;
import static io.grouppulse.access.AccessStage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change what, and what those see who may see. */
class AccessScopesTest {
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
    void change_byAnybodyButAnAdministratorOfAll_isForbidden() throws Exception {
        for (Reader reader : Reader.all()) {
            if (reader.has("admin") && reader.orgs() == null) {
                continue;
            }
            for (String path : List.of(
                    "/api/v1/groups/in-a-one",
                    "/api/v1/groups/in-a-one/roster",
                    "/api/v1/campaigns/sale-a-one",
                    "/api/v1/members/buyer-in-a-one")) {
                for (String method : List.of("PUT", "DELETE", "POST", "PATCH")) {
                    assertThat(stage.send(method, path, reader.token(), "{}").statusCode())
                            .as("%s %s %s", reader, method, path)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void event_ofAGroupElsewhere_isRejectedAlone() throws Exception {
        Reader sender = new Reader("ingest", List.of("a/1"));
        String unknown = order("nobody-knows");

        JsonObject answer = new JsonObject(stage.send(
                        "POST",
                        "/api/v1/events",
                        sender.token(),
                        order("in-a-one") + '\n' + order("in-a-ten") + '\n' + order("in-both") + '\n' + unknown)
                .body());

        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(answer.getJsonArray("errors").stream()
                        .map(error ->
                                ((JsonObject) error).getInteger("index") + ((JsonObject) error).getString("code")))
                .containsExactly("1forbidden_org", "3forbidden_org");
    }

    @Test
    void movedGroup_isSeenWhereItStandsNow() throws Exception {
        Reader ofA = new Reader("read", List.of("a/1"));
        stage.put("/api/v1/groups/mover", new JsonObject().put("orgs", List.of("a/1")));
        assertThat(stage.send("GET", "/api/v1/groups/mover", ofA.token(), "").statusCode())
                .isEqualTo(200);

        stage.put("/api/v1/groups/mover", new JsonObject().put("orgs", List.of("a/10")));

        assertThat(stage.send("GET", "/api/v1/groups/mover", ofA.token(), "").statusCode())
                .isEqualTo(403);
        assertThat(stage.send("GET", "/api/v1/groups", ofA.token(), "").body()).doesNotContain("mover");
        assertThat(stage.send("DELETE", "/api/v1/groups/mover", ADMIN, "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void rootOfAReader_sumsHisGroupsOnce_aboveHisSubtrees() throws Exception {
        JsonObject root =
                new JsonObject(stage.send("GET", "/api/v1/orgs", new Reader("read", List.of("a/1", "b/2")).token(), "")
                        .body());

        assertThat(root.getJsonObject("groups").getInteger("total")).isEqualTo(4);
        assertThat(root.getJsonArray("children").stream().map(child -> ((JsonObject) child).getString("org")))
                .containsExactly("a/1", "b/2");
    }

    @Test
    void erasedMember_isNamedToNobody_andCountsAsBefore() throws Exception {
        String ledger = "/api/v1/ledger?scope=group:in-b-two";
        String before = stage.send("GET", ledger, ADMIN, "").body();
        assertThat(before).contains("buyer-in-b-two");

        for (int i = 0; i < 2; i++) {
            assertThat(stage.send("DELETE", "/api/v1/members/buyer-in-b-two", ADMIN, "")
                            .statusCode())
                    .as("the same answer for who is known and who is not")
                    .isEqualTo(204);
        }

        String after = stage.send("GET", ledger, ADMIN, "").body();
        assertThat(after.replaceAll("erased\\.[A-Za-z0-9_-]{22}", "buyer-in-b-two"))
                .isEqualTo(before);
        assertThat(after).doesNotContain("buyer-in-b-two");
        assertThat(stage.send("GET", "/api/v1/orders", ADMIN, "").body()).doesNotContain("buyer-in-b-two");
        assertThat(stage.send("DELETE", "/api/v1/members/" + "x".repeat(129), ADMIN, "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void idsOfMembers_areShownToAdministratorsAlone() throws Exception {
        String orders = "/api/v1/orders?org=a/10";

        assertThat(stage.send("GET", orders, ADMIN, "").body()).contains("buyer-in-a-ten");
        assertThat(stage.send("GET", orders, new Reader("read", null).token(), "")
                        .body())
                .contains("b***n")
                .doesNotContain("buyer-");
    }
}
