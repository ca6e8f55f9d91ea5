package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers on live WebSockets while what they may see changes under them. */
class FeedRightsTest {
    private static final Path DIR_OF_KEYS = Path.of("access");
    private static Path tokens;
    private static Path keys;
    private static ECKey first;
    private static ECKey second;
    private static AccessStage stage;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        Path access = Files.createDirectories(dir.resolve(DIR_OF_KEYS));
        tokens = access.resolve("tokens.yaml");
        keys = access.resolve("keys.json");
        first = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        writeTokens("leaving", "staying");
        Files.writeString(keys, new JWKSet(List.of(first, second)).toString(false));
        stage = AccessStage.start(
                dir.resolve("data"), Map.of("auth.tokens", tokens.toString(), "auth.jwt.jwks", keys.toString()));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static void writeTokens(String... names) throws IOException {
        StringBuilder yaml = new StringBuilder("tokens:\n");
        for (String name : names) {
            yaml.append("- {name: '" + name + "', token: '" + token(name) + "', scopes: [read], orgs: [a/1]}\n");
        }
        Files.writeString(tokens, yaml);
    }

    private static String token(String name) {
        return "a-token-of-who-is-" + name;
    }

    private static String signed(ECKey key) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject("reader of " + key.getKeyID())
                .claim("scope", "read")
                .claim("exp", SignedTokens.NEVER)
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private static FeedReader readerOf(String org) {
        return new FeedReader(stage.port(), SignedTokens.token("reader of " + org, "read", List.of(org)));
    }

    private static void take(String... events) throws Exception {
        assertThat(stage.send("POST", "/api/v1/events?wait=applied", AccessStage.ADMIN, String.join("\n", events))
                        .body())
                .contains("\"accepted\":" + events.length);
    }

    private static String order(String group, String id) {
        return new JsonObject(AccessStage.order(group))
                .put("id", id)
                .put("order", id)
                .put("item", id)
                .encode();
    }

    /** Of every kind of topic that can hold something of a group. */
    private static final List<String> OF_ORG =
            List.of("org:", "orders:", "alerts:", "rain:org:", "board:groups:org::5m", "board:items:org::5m");

    private static FeedReader readingAll(String org) throws Exception {
        FeedReader reader = readerOf(org);
        for (String topic : OF_ORG) {
            reader.reads(topic.contains(":org:") ? topic.replace(":org:", ":org:" + org) : topic + org);
        }
        return reader;
    }

    @Test
    void movedGroup_leavesTheOldReaders_andComesToTheNew() throws Exception {
        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/1")));
        take(order("walker", "before-the-move"));
        FeedReader old = readingAll("a/1").reads("group:walker");
        FeedReader fresh = readingAll("a/10");
        FeedReader all = new FeedReader(stage.port(), SignedTokens.token("all", "read", null)).reads("orders:");
        assertThat(old.since(0)).anyMatch(frame -> frame.contains("before-the-move"));
        assertThat(fresh.since(0)).noneMatch(frame -> frame.contains("walker"));

        stage.put("/api/v1/groups/walker", new JsonObject().put("orgs", List.of("a/10")));
        old.awaitFrame(frame -> frame.contains("\"code\":\"forbidden\"") && frame.contains("group:walker"));
        int moved = old.frames();
        take(order("walker", "after-the-move"), order("in-a-one", "elsewhere"));

        fresh.awaitFrame(frame -> frame.contains("orders:a/10") && frame.contains("after-the-move"));
        fresh.awaitFrame(frame -> frame.contains("board:groups:org:a/10") && frame.contains("walker"));
        all.awaitFrame(frame -> frame.contains("after-the-move"));
        old.awaitFrame(frame -> frame.contains("orders:a/1") && frame.contains("elsewhere"));
        assertThat(old.since(moved))
                .as("what the reader of the old place hears, once what came later has reached him")
                .noneMatch(frame -> frame.contains("after-the-move") || frame.contains("item-walker"));
        assertThat(fresh.reads("group:walker").since(0))
                .anyMatch(frame -> frame.contains("\"topic\":\"group:walker\",\"kind\":\"snapshot\""));
        List.of(old, fresh, all).forEach(FeedReader::hangUp);
        stage.send("DELETE", "/api/v1/groups/walker", AccessStage.ADMIN, "");
    }

    @Test
    void revokedTokensAndKeys_closeTheirFeedsWith4401_andNoOthers() throws Exception {
        FeedReader leaving = new FeedReader(stage.port(), token("leaving")).reads("org:");
        FeedReader staying = new FeedReader(stage.port(), token("staying")).reads("org:");
        FeedReader byFirst = new FeedReader(stage.port(), signed(first)).reads("org:");
        FeedReader bySecond = new FeedReader(stage.port(), signed(second)).reads("org:");

        writeTokens("staying");
        Files.writeString(keys, new JWKSet(List.of(second)).toString(false));

        assertThat(leaving.closeCode()).isEqualTo(4401);
        assertThat(byFirst.closeCode()).isEqualTo(4401);
        assertThat(staying.isOpen()).isTrue();
        assertThat(bySecond.isOpen()).isTrue();
        assertThat(stage.pathsClosedTo(token("leaving"))).isGreaterThan(20);
        assertThat(stage.pathsClosedTo(signed(first))).isGreaterThan(20);
        assertThat(new FeedReader(stage.port(), token("leaving")).closeCode()).isEqualTo(4401);
        List.of(staying, bySecond).forEach(FeedReader::hangUp);
    }
}
