package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.callback.RefusedCallback;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a shop proves that a body is its own. Comparing takes the same time for any wrong signature.
 *
 * @param prefix with {@link Scheme#MD5_CONCAT}: what stands before the body, such as a client id
 */
public record ShopSignature(Scheme scheme, String secret, String prefix) {

    /** What is computed. */
    public enum Scheme {
        /** HMAC-SHA256 of the body, in hex or Base64. */
        HMAC_SHA256,
        /** HMAC-SHA1 of the body, in hex or Base64. */
        HMAC_SHA1,
        /** MD5 of prefix, body and secret, in hex. */
        MD5_CONCAT,
        /** The secret itself: proves who calls, not what they say. */
        TOKEN
    }

    /** @throws RefusedCallback if it is not the signature of this body */
    void require(String signature, byte[] body) throws RefusedCallback {
        boolean isRight =
                scheme == Scheme.TOKEN ? isEqual(secret, signature) : isDigest(digest(body), signature.strip());
        if (!isRight) {
            throw new RefusedCallback(RefusedCallback.Reason.BAD_SIGNATURE, "the signature is not that of the body");
        }
    }

    private static boolean isDigest(byte[] digest, String signature) {
        boolean isHex = isEqual(HexFormat.of().formatHex(digest), signature.toLowerCase(Locale.ROOT));
        boolean isBase64 = isEqual(Base64.getEncoder().encodeToString(digest), signature);
        return isHex || isBase64;
    }

    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private byte[] digest(byte[] body) {
        try {
            return switch (scheme) {
                case HMAC_SHA256 -> mac("HmacSHA256", body);
                case HMAC_SHA1 -> mac("HmacSHA1", body);
                default -> md5(body);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks a digest", e);
        }
    }

    private byte[] mac(String algorithm, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
        return mac.doFinal(body);
    }

    private byte[] md5(byte[] body) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(prefix.getBytes(UTF_8));
        md5.update(body);
        return md5.digest(secret.getBytes(UTF_8));
    }
}
