package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejection.Code;
import io.grouppulse.ingest.decode.EventDecoder.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {
    private static final String ENVELOPE = "'specversion':'1.0','id':'c1','source':'/shop','type':'order.paid',"
            + "'time':'2023-11-14T22:13:20Z','datacontenttype':'application/json','group':'ignored'";
    private static final String DATA = "'data':{'group':'g1','member':'m1','order':'o1','amount':5}";

    private final EventDecoder decoder = new EventDecoder();

    @ParameterizedTest
    @ValueSource(strings = {ENVELOPE + "," + DATA, DATA + "," + ENVELOPE})
    void attributes_fillWhatDataLeavesOut(String members) {
        GroupEvent event = accept("{" + members + "}");

        assertThat(event.id()).isEqualTo("c1");
        assertThat(event.source()).isEqualTo("/shop");
        assertThat(event.type()).isEqualTo(EventType.ORDER_PAID);
        assertThat(event.ts()).isEqualTo(1_700_000_000_000L);
        assertThat(event.group()).isEqualTo("g1");
    }

    @Test
    void data_winsOverAttributes() {
        GroupEvent event = accept("{" + ENVELOPE + ",'data':{'id':'d1','source':'pos','type':'cart.added','ts':7,"
                + "'group':'g','member':'m'}}");

        assertThat(event.id()).isEqualTo("d1");
        assertThat(event.source()).isEqualTo("pos");
        assertThat(event.type()).isEqualTo(EventType.CART_ADDED);
        assertThat(event.ts()).isEqualTo(7);
    }

    @Test
    void envelopeAlone_isAnEventWhereNoMoreIsNeeded() {
        assertThat(accept("{'id':'c','source':'s','type':'source.heartbeat','time':'2023-11-14T22:13:20Z'}")
                        .type())
                .isEqualTo(EventType.SOURCE_HEARTBEAT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{" + ENVELOPE + ",'data':5}|BAD_FIELD|data",
                "{" + ENVELOPE + ",'data':[{}]}|BAD_FIELD|data",
                "{" + ENVELOPE + ",'data':{'id':7,'group':'g','member':'m','order':'o'}}|BAD_FIELD|id",
                "{" + ENVELOPE + ",'data':{'group':'g','order':'o'}}|MISSING_FIELD|member",
                "{" + ENVELOPE + ",'data_base64':'e30='}|MISSING_FIELD|member",
                "{'id':5," + DATA + "}|BAD_FIELD|id",
                "{" + ENVELOPE + "," + DATA + "," + DATA + "}|MALFORMED_JSON|",
                "{" + ENVELOPE + ",'id':'again'," + DATA + "}|MALFORMED_JSON|",
                "{" + ENVELOPE + "," + DATA + "|MALFORMED_JSON|",
            })
    void faults_areNamed(String json, Code code, @Nullable String field) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);

        assertThat(decoder.decode(bytes, 0, bytes.length, Shape.CLOUD_EVENT, "api"))
                .isNull();
        assertThat(decoder.rejection())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(code, field);
    }

    private GroupEvent accept(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return Objects.requireNonNull(decoder.decode(bytes, 0, bytes.length, Shape.CLOUD_EVENT, "api"));
    }
}
