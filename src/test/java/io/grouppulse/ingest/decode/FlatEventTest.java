package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatEventTest {

    @Test
    void numbersOfNumberFields_areNumbers_allElseIsText() {
        assertThat(json("ts", "1794362100000", "amount", "0", "quantity", "2", "order", "17", "extra", "3"))
                .isEqualTo("{\"ts\":1794362100000,\"amount\":0,\"quantity\":2,\"order\":\"17\",\"extra\":\"3\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.90", "007", "1e3", "+1", " 1", "٣", "99999999999999999999", "-", "null", "true"})
    void whatIsNoWholeNumber_staysText(String value) {
        assertThat(json("amount", value)).isEqualTo("{\"amount\":\"" + value + "\"}");
    }

    @Test
    void quotesBackslashesAndControls_areEscaped() {
        assertThat(json("a\"b", "c\\d\n\u0000e团")).isEqualTo("{\"a\\\"b\":\"c\\\\d\\u000a\\u0000e团\"}");
    }

    @Test
    void emptyValue_saysThatTheFieldIsNotThere() {
        assertThat(json("share", "", "id", "e", "channel", "")).isEqualTo("{\"id\":\"e\"}");
        assertThat(json()).isEqualTo("{}");
    }

    @Test
    void repeatedNamesAndBrokenText_areLeftToTheDecoder() {
        byte[] broken = {'m', (byte) 0xff};

        assertThat(json("id", "a", "id", "b")).isEqualTo("{\"id\":\"a\",\"id\":\"b\"}");
        assertThat(FlatEvent.toJson(List.of("member".getBytes(UTF_8), broken)))
                .isEqualTo("{\"member\":\"m\u00ff\"}".getBytes(ISO_8859_1));
    }

    private static String json(String... fields) {
        List<byte[]> bytes =
                Stream.of(fields).map(field -> field.getBytes(UTF_8)).toList();
        return new String(FlatEvent.toJson(bytes), UTF_8);
    }
}
