package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"a\",\"text\":\"secret\",\"x\":1}|{\"id\":\"a\",\"text\":\"***\",\"x\":1}",
                "{\"text\" : \"secret\"}|{\"text\" : \"***\"}",
                "{\"text\":\"se\\\"cr\\\\et\"}|{\"text\":\"***\"}",
                "{\"text\":{\"a\":[\"secret\",\"}\"]},\"x\":1}|{\"text\":\"***\",\"x\":1}",
                "{\"text\":[\"secret\",\"secret\"],\"x\":1}|{\"text\":\"***\",\"x\":1}",
                "{\"text\":5,\"x\":1}|{\"text\":\"***\",\"x\":1}",
                "{\"data\":{\"text\":\"secret\"},\"text\":\"secret\"}|{\"data\":{\"text\":\"***\"},\"text\":\"***\"}",
                "{\"context\":\"kept\"}|{\"context\":\"kept\"}",
                "hello|hello",
            })
    void values_areHidden_andTheRestIsKept(String raw, String scrubbed) {
        assertThat(scrub(raw)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"secret",
                "{\"text\":\"secret\\",
                "{\"text\":'secret'}",
                "{text:\"secret\"}",
                "{'text':'secret'}",
                "{\"id\":\"a,\"text\":\"secret\"}",
                "{\"text\":\"very \"secret\" words\",\"x\":1}",
                "{\"\\u0074e\\u0078t\":\"secret\"}",
                "{\"text\":[\"secret\"",
                "{\"text\":secret}",
                "{\"text\":{\"secret",
                "[{\\\"text\\\":\\\"secret\\\"}]",
                "{\"text\":\"a\",\"text\":\"secret\"}",
            })
    void values_inBrokenInput_areHiddenToo(String raw) {
        assertThat(scrub(raw)).doesNotContain("secret").contains("***");
    }

    @Test
    void textCutByARawLineBreak_hidesItsOtherLines() {
        Scrubber scrubber = new Scrubber();

        assertThat(scrub(scrubber, "{\"id\":\"a\",\"text\":\"secret")).isEqualTo("{\"id\":\"a\",\"text\":\"***\"");
        assertThat(scrub(scrubber, "1. secret")).isEqualTo("***");
        assertThat(scrub(scrubber, "2. secret\"}")).isEqualTo("***");
        assertThat(scrub(scrubber, "{\"id\":\"b\"")).isEqualTo("{\"id\":\"b\"");
        assertThat(scrub(scrubber, "hello")).isEqualTo("hello");
    }

    @Test
    void longInput_isCut() {
        assertThat(scrub("x".repeat(100_000))).hasSize(8 * 1024);
        assertThat(scrub("{\"text\":\"" + "secret".repeat(10_000))).isEqualTo("{\"text\":\"***\"");
    }

    private static String scrub(String raw) {
        return scrub(new Scrubber(), raw);
    }

    private static String scrub(Scrubber scrubber, String raw) {
        byte[] bytes = raw.getBytes(UTF_8);
        return scrubber.scrub(bytes, 0, bytes.length);
    }
}
