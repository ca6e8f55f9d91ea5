package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against HMAC as RFC 2104 defines it, written out here, and against the first vector of RFC 4231. */
class SignaturesTest {
    private static final String SECRET = "SEC-嘘-0123456789";
    private static final long SECONDS = 1_795_399_100L;
    private static final int BLOCK = 64;

    @Test
    void ownHmac_givesTheVectorOfRfc4231() throws NoSuchAlgorithmException {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(hmac(key, "Hi There".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void header_signsTimeAndBody() throws NoSuchAlgorithmException {
        String body = "{\"text\":\"麓谷\"}";

        assertThat(Signatures.header(SECRET, SECONDS, body))
                .isEqualTo("t=1795399100,v1="
                        + HexFormat.of().formatHex(hmac(bytes(SECRET), bytes("1795399100." + body))));
    }

    @Test
    void dingTalk_signsTimeAndSecret_withTheSecret() throws NoSuchAlgorithmException {
        assertThat(Signatures.dingTalk(SECRET, 1_795_399_100_123L))
                .isEqualTo(base64(hmac(bytes(SECRET), bytes("1795399100123\n" + SECRET))));
    }

    @Test
    void feishu_signsNothing_withTimeAndSecret() throws NoSuchAlgorithmException {
        assertThat(Signatures.feishu(SECRET, SECONDS))
                .isEqualTo(base64(hmac(bytes("1795399100\n" + SECRET), new byte[0])));
    }

    private static byte[] hmac(byte[] key, byte[] text) throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] padded = Arrays.copyOf(key.length > BLOCK ? sha.digest(key) : key, BLOCK);
        byte[] inner = new byte[BLOCK];
        byte[] outer = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            inner[i] = (byte) (padded[i] ^ 0x36);
            outer[i] = (byte) (padded[i] ^ 0x5c);
        }
        sha.update(inner);
        byte[] first = sha.digest(text);
        sha.update(outer);
        return sha.digest(first);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
