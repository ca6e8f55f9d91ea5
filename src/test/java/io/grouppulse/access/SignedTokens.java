package io.grouppulse.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Tokens as an issuer would make them, written out by hand. */
final class SignedTokens {
    static final String SECRET = "a secret that is long enough for HS256";
    static final long NEVER = 4_102_444_800L;

    private SignedTokens() {}

    /** @param orgs null for a token without the claim */
    static String token(String name, String scope, @Nullable List<String> orgs) {
        JsonObject claims =
                new JsonObject().put("sub", name).put("scope", scope).put("exp", NEVER);
        return hs256(orgs == null ? claims : claims.put("orgs", orgs));
    }

    static String hs256(JsonObject claims) {
        return sign(new JsonObject().put("alg", "HS256").put("typ", "JWT"), claims, SECRET.getBytes(UTF_8));
    }

    static String sign(JsonObject header, JsonObject claims, byte[] secret) {
        String signed = encoded(header.encode().getBytes(UTF_8)) + "."
                + encoded(claims.encode().getBytes(UTF_8));
        return signed + "." + encoded(mac(signed, secret));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] mac(String text, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
