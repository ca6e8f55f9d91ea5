package io.grouppulse.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.ChainText;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejection.Code;
import io.grouppulse.ingest.decode.EventDecoder.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final String HEAD = "'id':'e1','ts':1700000000000,'group':'g1','member':'m1'";

    private final EventDecoder decoder = new EventDecoder();

    @Test
    void order_withEveryField_isDecoded() {
        GroupEvent event = accept("{" + HEAD + ",'type':'order.paid','source':'shop','role':'leader','order':'o1',"
                + "'amount':1290,'item':'i1','quantity':2,'share':'s1','channel':'sms','campaign':'c1'}");

        assertThat(event)
                .isEqualTo(new GroupEvent(
                        "shop",
                        "e1",
                        EventType.ORDER_PAID,
                        1_700_000_000_000L,
                        "g1",
                        "m1",
                        Role.LEADER,
                        "o1",
                        1290,
                        "i1",
                        2,
                        "s1",
                        null,
                        "sms",
                        "c1",
                        null,
                        null,
                        null));
    }

    @Test
    void message_withRequiredFieldsOnly_hasDefaults() {
        GroupEvent event = accept("{" + HEAD + ",'type':'message.sent'}");

        assertThat(event)
                .isEqualTo(new GroupEvent(
                        "api",
                        "e1",
                        EventType.MESSAGE_SENT,
                        1_700_000_000_000L,
                        "g1",
                        "m1",
                        null,
                        null,
                        GroupEvent.NO_AMOUNT,
                        null,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void fields_inAnyOrder_withSpaces_areRead() {
        GroupEvent event = accept(" {\t'type' : 'member.left' ,\r\n 'reason':'removed', " + HEAD + " } ");

        assertThat(event.reason()).isEqualTo("removed");
    }

    @Test
    void chainText_isKeptAsHashesOnly() {
        GroupEvent event = accept("{" + HEAD + ",'type':'chain.posted','text':'#接龙\\n1. a'}");

        assertThat(event.chain()).isEqualTo(ChainText.parse("#接龙\n1. a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'text':'hello'", "'text':5", "'text':{}", "'order':7", "'reason':'spam'", "'target':[]"})
    void fieldsOfOtherTypes_areIgnored(String field) {
        GroupEvent event = accept("{" + HEAD + ",'type':'message.sent'," + field + "}");

        assertThat(event).isEqualTo(accept("{" + HEAD + ",'type':'message.sent'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x':1",
                "'x':null,'x':true",
                "'':{}",
                "'x':{'id':'other','y':[1,2,{'z':'\\ud800'}]}",
                "'x':1e400",
                "'X':[[[[]]]]",
                "'ID':'e2'",
                "'\\ud83d\\ude00':1",
                "'\\u0000':1",
                "'草莓😀':1",
            })
    void unknownFields_areSkipped(String field) {
        GroupEvent event = accept("{" + field + "," + HEAD + ",'type':'message.sent'}");

        assertThat(event).isEqualTo(accept("{" + HEAD + ",'type':'message.sent'}"));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void eachType_withItsRequiredFields_isAccepted_andMissesEachOfThem(EventType type) {
        for (Field omitted : Field.values()) {
            boolean required = (Field.required(type) & omitted.bit()) != 0;
            String json = EventJson.minimal(type, omitted);

            if (required) {
                assertThat(reject(json))
                        .extracting(Rejection::code, Rejection::field)
                        .containsExactly(Code.MISSING_FIELD, omitted.wireName());
            } else {
                assertThat(accept(json).type()).isEqualTo(type);
            }
        }
    }

    @Test
    void heartbeat_namesNoGroup() {
        GroupEvent event = accept("{" + HEAD + ",'type':'source.heartbeat'}");

        assertThat(event.group()).isEmpty();
        assertThat(event.member()).isNull();
    }

    @Test
    void orderWithoutGroup_hasTheEmptyGroup() {
        assertThat(accept("{'id':'e','ts':1,'member':'m','type':'order.created','order':'o','group':null}")
                        .group())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "id|''",
                "id|5",
                "id|true",
                "id|{}",
                "id|[]",
                "id|'a\\u0000b'",
                "id|'a\\nb'",
                "id|'\\u007f'",
                "id|'\\u0085'",
                "id|'\\ud800'",
                "id|'\\udc00\\ud800'",
                "ts|'2026-08-22'",
                "ts|'1700000000000'",
                "ts|1.7e12",
                "ts|1700000000000.0",
                "ts|-1",
                "ts|253402300800000",
                "ts|9223372036854775808",
                "ts|true",
                "ts|''",
                "type|5",
                "type|{}",
                "group|''",
                "group|12",
                "member|false",
                "member|['m1']",
                "source|''",
                "source|7",
                "role|'owner'",
                "role|'Customer'",
                "role|1",
                "order|17",
                "order|''",
                "amount|-1",
                "amount|'12'",
                "amount|12.5",
                "amount|1e3",
                "amount|12.0",
                "amount|10000000000000001",
                "amount|9223372036854775807",
                "amount|9223372036854775808",
                "amount|123456789012345678901234567890",
                "amount|{}",
                "amount|true",
                "quantity|0",
                "quantity|-1",
                "quantity|2147483648",
                "quantity|1.0",
                "quantity|'1'",
                "item|3",
                "share|[]",
                "channel|''",
                "channel|4",
                "campaign|{}",
            })
    void value_againstItsRule_isABadField(String field, String value) {
        Rejection rejection = reject(orderWith(field, value));

        assertThat(rejection).extracting(Rejection::code, Rejection::field).containsExactly(Code.BAD_FIELD, field);
        assertThat(rejection.detail()).startsWith(field + " must be ");
        assertThat(rejection.id()).isEqualTo(field.equals("id") ? null : "e1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "reason|'kicked'|member.left", "target|5|message.revoked", "text|5|chain.posted",
                "text|'\\ud800'|chain.posted", "inviter|''|member.joined", "channel|true|share.opened",
            })
    void valueOfOneType_againstItsRule_isABadField(String field, String value, String type) {
        Rejection rejection = reject("{" + HEAD + ",'type':'" + type + "','" + field + "':" + value + "}");

        assertThat(rejection).extracting(Rejection::code, Rejection::field).containsExactly(Code.BAD_FIELD, field);
    }

    @ParameterizedTest
    @CsvSource({
        "id,128",
        "group,128",
        "member,128",
        "order,128",
        "item,128",
        "share,128",
        "campaign,128",
        "source,64",
        "channel,64"
    })
    void strings_areCountedInCharacters(String field, int max) {
        assertThat(accept(orderWith(field, "'" + "群".repeat(max) + "'"))).isNotNull();
        assertThat(accept(orderWith(field, "'" + "😀".repeat(max) + "'"))).isNotNull();
        assertThat(reject(orderWith(field, "'" + "群".repeat(max + 1) + "'")).field())
                .isEqualTo(field);
        assertThat(reject(orderWith(field, "'" + "😀".repeat(max) + "x'")).field())
                .isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0,0", "10000000000000000,10000000000000000", "null,-1"})
    void amount_atItsLimits_isTaken(String literal, long amount) {
        assertThat(accept(orderWith("amount", literal)).amount()).isEqualTo(amount);
    }

    @Test
    void ts_isMillisOrRfc3339() {
        assertThat(accept(orderWith("ts", "'2023-11-14T22:13:20Z'")).ts()).isEqualTo(1_700_000_000_000L);
        assertThat(accept(orderWith("ts", "253402300799999")).ts()).isEqualTo(253_402_300_799_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"message.send", "", "MESSAGE.SENT", "order.paid "})
    void type_thatDoesNotExist_isUnknown(String type) {
        assertThat(reject("{" + HEAD + ",'type':'" + type + "'}"))
                .extracting(Rejection::code, Rejection::id, Rejection::field)
                .containsExactly(Code.UNKNOWN_TYPE, "e1", "type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "5",
                "'text'",
                "[]",
                "[{}]",
                "{",
                "{'id'",
                "{'id':",
                "{'id':'e1'",
                "{'id':'e1',",
                "{'id':'e1',}",
                "{,}",
                "{'id' 'e1'}",
                "{id:'e1'}",
                "{'id':'e1'}}",
                "{'id':'e1'} x",
                "{'id':'e1'}{}",
                "{'id':'e1'}nul",
                "{'id':'e1'}5",
                "{'id':'e1'}'a",
                "{'id':'e1'},",
                "{'ts':NaN}",
                "{'ts':Infinity}",
                "{'ts':01}",
                "{'ts':+1}",
                "{'ts':.5}",
                "{'ts':1.}",
                "{'ts':0x10}",
                "{'id':'\\x41'}",
                "{'id':'\\u12'}",
                "{'x':'a\nb'}",
                "{'x':'a\u0000b'}",
                "{\u0000}",
                "{'x':tru}",
                "{'x':nulll}",
                "{'id':'a','id':'a'}",
                "{'ts':1,'x':2,'ts':null}",
                "{'x':[1,2}",
                "{'x':{]}",
                "/**/{}",
                "{}//",
                "\uFEFF{}",
                "{'a':1 'b':2}",
                "{'\\ud800':1}",
            })
    void bytes_thatAreNoJsonObject_areMalformed(String json) {
        assertThat(reject(json).code()).isEqualTo(Code.MALFORMED_JSON);
        // the next event is not touched by the fault before it
        assertThat(accept("{" + HEAD + ",'type':'message.sent'}").id()).isEqualTo("e1");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0xC080, 0xC1BF, 0xEDA080, 0xE08080, 0xF08080, 0xF5808080, 0xFF, 0x80, 0xC3, 0xE4B8, 0xF4908080})
    void bytes_thatAreNoUtf8_areMalformed(int sequence) {
        byte[] json = bytes("{" + HEAD + ",'type':'message.sent','x':'????'}");
        for (int i = 0; i < 4; i++) {
            int part = sequence >>> (24 - 8 * i) & 0xFF;
            json[json.length - 6 + i] = part == 0 ? (byte) ' ' : (byte) part;
        }

        assertThat(decoder.decode(json, 0, json.length, Shape.PLAIN, "api")).isNull();
        assertThat(decoder.rejection().code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(decoder.rejection().detail()).isEqualTo("not valid UTF-8");
    }

    @Test
    void nesting_isBounded() {
        String sound = "{" + HEAD + ",'type':'message.sent','x':" + "[".repeat(63) + "]".repeat(63) + "}";
        String deep = "{" + HEAD + ",'type':'message.sent','x':" + "[".repeat(64) + "]".repeat(64) + "}";

        assertThat(accept(sound)).isNotNull();
        assertThat(reject(deep).detail()).isEqualTo("nested deeper than 64 levels");
    }

    @Test
    void size_isBounded() {
        String start = "{" + HEAD + ",'type':'message.sent','x':'";
        String fitting = start + "x".repeat(EventDecoder.MAX_BYTES - start.length() - 2) + "'}";

        assertThat(accept(fitting)).isNotNull();
        assertThat(accept("  " + fitting + "  ")).isNotNull();
        assertThat(reject(fitting.replace("x'}", "xx'}")).code()).isEqualTo(Code.MALFORMED_JSON);
    }

    @Test
    void longNamesAndNumbersOfUnknownFields_areSkipped() {
        String event = "{" + HEAD + ",'type':'message.sent','" + "n".repeat(60_000) + "':1}";
        String number = "{" + HEAD + ",'type':'message.sent','x':" + "9".repeat(60_000) + "}";

        for (int i = 0; i < 20; i++) {
            assertThat(accept(event.replace("nn'", i + "'"))).isNotNull();
            assertThat(accept(number)).isNotNull();
            assertThat(reject(orderWith("amount", "9".repeat(60_000))).field()).isEqualTo("amount");
        }
    }

    @Test
    void firstFault_isNamedWhateverTheOrderOfTheFields() {
        assertThat(reject("{'member':5,'ts':'x','type':'message.sent','id':'e1'}")
                        .field())
                .isEqualTo("ts");
        assertThat(reject("{'id':'e1','type':'message.sent','ts':'x','member':5}")
                        .field())
                .isEqualTo("ts");
    }

    @Test
    void source_ofARejection_isTheOneStated() {
        reject("{'source':'shop','id':5}");
        assertThat(decoder.source()).isEqualTo("shop");
        reject("{'source':5,'id':'x'}");
        assertThat(decoder.source()).isEqualTo("api");
    }

    private static String orderWith(String field, String literal) {
        StringBuilder json = new StringBuilder("{");
        String fields = "id='e1',type='order.paid',ts=1700000000000,group='g1',member='m1',order='o1'";
        for (String pair : fields.split(",", -1)) {
            String name = pair.substring(0, pair.indexOf('='));
            if (!name.equals(field)) {
                json.append('\'')
                        .append(name)
                        .append("':")
                        .append(pair, pair.indexOf('=') + 1, pair.length())
                        .append(',');
            }
        }
        return json.append('\'')
                .append(field)
                .append("':")
                .append(literal)
                .append('}')
                .toString();
    }

    private GroupEvent accept(String json) {
        GroupEvent event = decode(json);
        assertThat(event).as(() -> json + " " + decoder.rejection()).isNotNull();
        return java.util.Objects.requireNonNull(event);
    }

    private Rejection reject(String json) {
        assertThat(decode(json)).as(json).isNull();
        return decoder.rejection();
    }

    private @Nullable GroupEvent decode(String json) {
        byte[] bytes = bytes(json);
        return decoder.decode(bytes, 0, bytes.length, Shape.PLAIN, "api");
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }
}
