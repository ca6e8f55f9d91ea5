package io.grouppulse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokensTest {
    private static final long NOW = 1_800_000_000_000L;
    private final JwtTokens shared = new JwtTokens(new JwtTokens.Terms(SignedTokens.SECRET, "", "", ""), () -> NOW);

    private static JsonObject claims() {
        return new JsonObject()
                .put("sub", "ops")
                .put("scope", "read admin openid")
                .put("orgs", List.of("a/1"))
                .put("exp", SignedTokens.NEVER);
    }

    @Test
    void signedToken_becomesItsPrincipal() {
        assertThat(shared.verify(SignedTokens.hs256(claims())))
                .isEqualTo(new Principal(
                        "ops", Set.of(Right.READ, Right.ADMIN), Reach.of(List.of("a/1")), SignedTokens.NEVER * 1_000));
    }

    @Test
    void tokenWithoutOrgs_reachesEverything_withAnEmptyListNothing() {
        JsonObject all = claims();
        all.remove("orgs");

        assertThat(shared.verify(SignedTokens.hs256(all)))
                .extracting(Principal::orgs)
                .isEqualTo(Reach.WHOLE);
        assertThat(shared.verify(SignedTokens.hs256(claims().put("orgs", List.of()))))
                .extracting(Principal::orgs)
                .isEqualTo(Reach.of(List.of()));
    }

    /** Found by fuzzing: a token is what was issued, character by character. */
    @ParameterizedTest
    @ValueSource(strings = {"\0", " ", "\n", "\0\0\0", "=", "\u00e4", "."})
    void sound_withAnythingAroundItOrInIt_isNone(String more) {
        String sound = SignedTokens.hs256(claims());
        JwtTokens tokens = new JwtTokens(new JwtTokens.Terms(SignedTokens.SECRET, "", "", ""), () -> NOW);
        assertThat(tokens.verify(sound)).isNotNull();

        int middle = sound.length() - 9;
        assertThat(tokens.verify(more + sound)).isNull();
        assertThat(tokens.verify(sound + more)).isNull();
        assertThat(tokens.verify(sound.substring(0, middle) + more + sound.substring(middle)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exp\":1799999999}",
                "{\"exp\":1800000000}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":null}",
                "{\"nbf\":4102444000}",
                "{\"orgs\":\"a/1\"}",
                "{\"orgs\":null}",
                "{\"orgs\":[1]}",
                "{\"orgs\":[null]}",
                "{\"orgs\":[\"/a\"]}",
                "{\"orgs\":[\"a//b\"]}",
                "{\"orgs\":{\"a\":1}}"
            })
    void claimThatDoesNotHold_makesTheTokenWorthless(String changed) {
        assertThat(shared.verify(SignedTokens.hs256(claims().mergeIn(new JsonObject(changed)))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"ES256\"}",
                "{}",
                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"HS256\",\"typ\":\"JWE\"}"
            })
    void headerThatSaysOtherwise_isRefused(String header) {
        assertThat(shared.verify(
                        SignedTokens.sign(new JsonObject(header), claims(), SignedTokens.SECRET.getBytes(UTF_8))))
                .isNull();
    }

    @Test
    void unsignedAndForeignTokens_areRefused() {
        String token = SignedTokens.hs256(claims());

        assertThat(shared.verify(token.substring(0, token.lastIndexOf('.') + 1)))
                .isNull();
        assertThat(shared.verify(SignedTokens.sign(
                        new JsonObject().put("alg", "HS256"),
                        claims(),
                        "another secret of good length!!!".getBytes(UTF_8))))
                .isNull();
    }

    @Test
    void anyDamagedToken_isRefusedWithoutAnError() {
        String token = SignedTokens.hs256(claims());
        Random dice = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            char[] damaged = token.toCharArray();
            int at = dice.nextInt(damaged.length - 1);
            char other = (char) dice.nextInt(i % 3 == 0 ? 0x10000 : 128);
            boolean same = damaged[at] == other;
            damaged[at] = other;
            if (!same) {
                assertThat(shared.verify(new String(damaged))).as("at %d", at).isNull();
            }
            assertThat(shared.verify(token.substring(0, dice.nextInt(token.length()))))
                    .isNull();
        }
    }

    @Test
    void issuerAndAudience_mustBeThoseAskedFor() {
        JwtTokens strict =
                new JwtTokens(new JwtTokens.Terms(SignedTokens.SECRET, "", "https://id", "pulse"), () -> NOW);

        assertThat(strict.verify(SignedTokens.hs256(claims()))).isNull();
        assertThat(strict.verify(SignedTokens.hs256(claims().put("iss", "https://id"))))
                .isNull();
        assertThat(strict.verify(
                        SignedTokens.hs256(claims().put("iss", "https://evil").put("aud", "pulse"))))
                .isNull();
        assertThat(strict.verify(
                        SignedTokens.hs256(claims().put("iss", "https://id").put("aud", "pulse"))))
                .isNotNull();
    }

    @Test
    void shortSecret_isRefusedWithoutBeingNamed() {
        assertThatThrownBy(() -> new JwtTokens(new JwtTokens.Terms("hush", "", "", ""), () -> NOW))
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("hush");
    }

    @Test
    void publicKeys_verifyTheirOwnAlgorithmsAndFollowTheFile(@TempDir Path dir) throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
        Path file = dir.resolve("keys.json");
        Files.writeString(file, setOf(rsa));
        JwtTokens tokens = new JwtTokens(new JwtTokens.Terms("", file.toString(), "", ""), () -> NOW);

        assertThat(tokens.verify(rs256(rsa))).isNotNull();
        assertThat(tokens.verify(es256(ec))).isNull();
        Files.writeString(file, setOf(ec));
        tokens.refresh();
        assertThat(tokens.verify(es256(ec))).isNotNull();
        assertThat(tokens.verify(rs256(rsa))).as("the key was taken away").isNull();
        Files.writeString(file, "{ this is none");
        tokens.refresh();
        assertThat(tokens.verify(es256(ec))).as("what was known stays").isNotNull();
    }

    @Test
    void publicKey_isNeverTakenForASharedSecret(@TempDir Path dir) throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        OctetSequenceKey octets = new OctetSequenceKey.Builder(SignedTokens.SECRET.getBytes(UTF_8)).build();
        Path file = dir.resolve("keys.json");
        Files.writeString(file, setOf(rsa, octets));
        JwtTokens tokens = new JwtTokens(new JwtTokens.Terms("", file.toString(), "", ""), () -> NOW);
        JsonObject header = new JsonObject().put("alg", "HS256").put("kid", "r1");

        assertThat(tokens.verify(
                        SignedTokens.sign(header, claims(), rsa.toRSAPublicKey().getEncoded())))
                .isNull();
        assertThat(tokens.verify(SignedTokens.hs256(claims()))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://id.example.com/keys", "ftp://id/keys", "/nowhere/keys.json"})
    void placeOfKeysThatCannotBe_isRefused(String place) {
        assertThatThrownBy(() -> new PublicKeys(place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.jwt.jwks");
    }

    private static String setOf(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(false);
    }

    private static String rs256(RSAKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), parsed());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String es256(ECKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), parsed());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private static JWTClaimsSet parsed() throws Exception {
        return JWTClaimsSet.parse(claims().encode());
    }
}
