package io.grouppulse.ingest.callback.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.ingest.callback.MessageSeal;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.testing.WeComCaller;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated rubbish, from fixed seeds: parsers refuse it or read it, and fail in no other way. */
class WeComFuzzTest {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final String[] PIECES = {
        "<xml>",
        "</xml>",
        "<",
        ">",
        "</",
        "/>",
        "<![CDATA[",
        "]]>",
        "&",
        ";",
        "&lt;",
        "&#0;",
        "&#x110000;",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<!DOCTYPE a [",
        "<!ENTITY a \"b\">",
        "]>",
        "MemChangeList",
        "<Item>",
        "</Item>",
        "\0",
        "😀",
        "\uFFFE",
        " ",
        "\n",
        "a=\"1\"",
        "xmlns:",
        "<ChatId>c</ChatId>",
        "<MemChangeList>",
        "</MemChangeList>"
    };

    @Test
    void generatedXml_isReadOrRefused() {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            read += isRead(i % 2 == 0 ? assembled(random) : damaged(random)) ? 1 : 0;
        }
        assertThat(read).isBetween(1, 49_999);
    }

    @Test
    void generatedCiphertexts_areRefused_orDecryptToWhatSomeoneWithTheKeyMayHaveWritten() {
        Random random = new Random(2);
        MessageSeal seal = new MessageSeal(CALLER.token(), CALLER.aesKey());
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(160)];
            random.nextBytes(bytes);
            accepted += decrypts(seal, Base64.getEncoder().encodeToString(bytes)) ? 1 : 0;
        }
        assertThat(accepted).isZero();
    }

    @Test
    void damagedSignedContent_isNeverTakenForSigned() {
        Random random = new Random(3);
        MessageSeal seal = new MessageSeal(CALLER.token(), CALLER.aesKey());
        String encrypted = CALLER.encrypt("<xml/>");
        String signature = CALLER.sign("1", "n", encrypted);
        for (int i = 0; i < 20_000; i++) {
            char[] chars = encrypted.toCharArray();
            int at = random.nextInt(chars.length);
            chars[at] = (char) (chars[at] + 1 + random.nextInt(60));
            assertThat(isSigned(seal, signature, new String(chars))).isFalse();
        }
    }

    private static String assembled(Random random) {
        StringBuilder document = new StringBuilder("<xml>");
        for (int i = random.nextInt(20); i > 0; i--) {
            document.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return document.append("</xml>").toString();
    }

    private static String damaged(Random random) {
        byte[] document =
                CALLER.change("c", "add_member", 1, "v1", "v2", "wa", "wb").getBytes(UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            document[random.nextInt(document.length)] = (byte) random.nextInt(128);
        }
        return new String(document, UTF_8);
    }

    private static boolean isRead(String document) {
        try {
            WeComXml xml = WeComXml.read(document);
            if (ChatChange.isOne(xml)) {
                assertThat(ChatChange.of(xml).events()).isNotNull();
            }
            return true;
        } catch (RefusedCallback e) {
            return false;
        }
    }

    private static boolean decrypts(MessageSeal seal, String encrypted) {
        try {
            return seal.decrypt(encrypted).receiver().equals(CALLER.receiver());
        } catch (RefusedCallback e) {
            return false;
        }
    }

    private static boolean isSigned(MessageSeal seal, String signature, String encrypted) {
        try {
            seal.requireSignature(signature, "1", "n", encrypted);
            return true;
        } catch (RefusedCallback e) {
            return false;
        }
    }
}
