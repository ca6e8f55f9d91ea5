package io.grouppulse.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver can tell that a notification is ours and new. All are HMAC-SHA256 of UTF-8 texts. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /** Over the time and the body, so that neither can be exchanged: {@code t=1700000000,v1=5257a869…}. */
    static String header(String secret, long epochSeconds, String body) {
        byte[] mac = hmac(secret, epochSeconds + "." + body);
        return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(mac);
    }

    /** As DingTalk's robots ask: time and secret, keyed with the secret; Base64. */
    static String dingTalk(String secret, long epochMillis) {
        return Base64.getEncoder().encodeToString(hmac(secret, epochMillis + "\n" + secret));
    }

    /** As Feishu's robots ask: nothing, keyed with time and secret; Base64. */
    static String feishu(String secret, long epochSeconds) {
        return Base64.getEncoder().encodeToString(hmac(epochSeconds + "\n" + secret, ""));
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
