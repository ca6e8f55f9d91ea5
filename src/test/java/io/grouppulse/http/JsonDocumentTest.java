package io.grouppulse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    @Test
    void numbersWithAPointOrAnExponent_areDecimalsAsTheyStand() throws Exception {
        assertThat(JsonDocument.read("{\"a\":1.000000000000000000000000000001}").getValue("a"))
                .isEqualTo(new BigDecimal("1.000000000000000000000000000001"));
        assertThat(JsonDocument.read("{\"a\":1e-999999999}").getValue("a")).isEqualTo(new BigDecimal("1e-999999999"));
        assertThat(JsonDocument.read("{\"a\":9007199254740993}").getValue("a")).isEqualTo(9_007_199_254_740_993L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1} {}",
                "{\"a\":1e32000000000000000000000000000000000000000000000000000}",
                "{\"a\":1e-32000000000000000000000000000000000000000000000000000}",
                "{\"a\":1e99999999999}",
                "{\"a\":NaN}"
            })
    void whatIsNoObject_isBadInput(String text) {
        assertThatThrownBy(() -> JsonDocument.read(text)).isInstanceOf(BadInput.class);
    }
}
