package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.Callback.Result;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.ingest.callback.RefusedCallback.Reason;
import io.grouppulse.ingest.callback.shop.ShopSignature.Scheme;
import io.grouppulse.testing.WeComCaller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shops tell, by their documented fields, and what strangers try. */
class ShopDoorsTest {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final long NOW = 1_658_505_700_000L;
    private static final CallbackDoor YOUZAN = new YouzanDoor("yz", "client", "hush");
    private static final CallbackDoor CHANNELS =
            new ChannelsDoor("wx", CALLER.token(), CALLER.aesKey(), CALLER.receiver());
    private static final String TRADE = "{\"full_order_info\":{\"order_info\":{\"tid\":\"E2026\","
            + "\"created\":\"2026-11-23 10:00:00\",\"pay_time\":\"2026-11-23 10:00:05\"},"
            + "\"buyer_info\":{\"yz_open_id\":\"yz-9\"},\"pay_info\":{\"payment\":\"12.30\"},"
            + "\"orders\":[{\"item_id\":4611686018427387905,\"num\":2}]}}";

    @Test
    void youzanPayment_becomesAnOrderOfAMember_withoutAGroup() throws Exception {
        JsonObject paid = youzan("trade_TradePaid", TRADE).events().get(0);

        assertThat(paid)
                .isEqualTo(new JsonObject()
                        .put("type", "order.paid")
                        .put("id", "order.paid:E2026")
                        .put("order", "E2026")
                        .put("member", "yz-9")
                        .put("ts", 1_795_399_205_000L)
                        .put("amount", 1_230L)
                        .put("item", "4611686018427387905")
                        .put("quantity", 2L));
    }

    @Test
    void youzanTellsAPaymentTwice_itIsOneEvent() throws Exception {
        assertThat(youzan("trade_TradeBuyerPay", TRADE).events())
                .isEqualTo(youzan("trade_TradePaid", TRADE).events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade_TradeMemoModified", "item_ItemUpdate", ""})
    void youzanMessagesOfOtherTypes_areThankedFor(String type) throws Exception {
        assertThat(youzan(type, TRADE).result()).isEqualTo(Result.IGNORED);
    }

    @Test
    void youzanTestMessage_isIgnored() throws Exception {
        JsonObject body = youzanBody("trade_TradePaid", TRADE).put("test", true);

        assertThat(YOUZAN.read(request(body.encode(), Map.of())).result()).isEqualTo(Result.IGNORED);
    }

    @Test
    void youzanHeaderSignature_coversTheBodyAsItWasSent() throws Exception {
        String body = youzanBody("trade_TradePaid", TRADE).put("sign", "none").encode();
        String sign = md5("client" + body + "hush");

        assertThat(YOUZAN.read(request(body, Map.of("event-sign", sign))).events())
                .hasSize(1);
        assertThat(refusal(YOUZAN, request(body + " ", Map.of("event-sign", sign))))
                .isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void youzanBodies_ofStrangersAndForOthers_areRefused() throws Exception {
        JsonObject body = youzanBody("trade_TradePaid", TRADE);

        assertThat(refusal(
                        YOUZAN, request(body.copy().put("sign", "0".repeat(32)).encode(), Map.of())))
                .isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(YOUZAN, request(body.copy().put("msg", "%7B%7D").encode(), Map.of())))
                .isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(YOUZAN, request(body.copy().put("client_id", "x").encode(), Map.of())))
                .isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(refusal(YOUZAN, request("[]", Map.of()))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(YOUZAN, request("{\"msg\":7}", Map.of()))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(YOUZAN, request(signed("trade_TradePaid", "%zz").encode(), Map.of())))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(YOUZAN, request(signed("trade_TradePaid", "nothing").encode(), Map.of())))
                .isEqualTo(Reason.MALFORMED);
    }

    /** Of two values the signature covers both, and another reader may have taken the other. */
    @Test
    void fieldGivenTwice_isRefused_andWhatAProvenCallerSaidIsKept() throws Exception {
        String message = "{\"tid\":\"E1\",\"full_order_info\":{\"a\":1,\"a\":2}}";
        String body = youzanBody("trade_TradePaid", TRADE).encode();
        String twice = body.substring(0, body.length() - 1) + ",\"msg\":\"%7B%7D\"}";
        String order =
                "{\"Event\":\"channels_ec_order_pay\",\"CreateTime\":1,\"order_info\":{\"order_id\":1,\"order_id\":2}}";
        String encrypted = CALLER.encrypt(order);
        String envelope = "{\"Encrypt\":\"" + encrypted + "\",\"Encrypt\":\"" + encrypted + "\"}";

        assertThat(unreadable(
                        YOUZAN, request(youzanBody("trade_TradePaid", message).encode(), Map.of())))
                .isEqualTo(message);
        assertThat(unreadable(YOUZAN, request(twice, Map.of())))
                .as("which of both the signature is of is not known")
                .isNull();
        assertThat(unreadable(YOUZAN, request(twice, Map.of("event-sign", md5("client" + twice + "hush")))))
                .isEqualTo(twice);
        assertThat(unreadable(CHANNELS, sealed("{\"Encrypt\":\"" + encrypted + "\"}", encrypted)))
                .isEqualTo(order);
        assertThat(unreadable(CHANNELS, sealed(envelope, encrypted))).isNull();
    }

    /** What is kept of a callback that is malformed. */
    private static @Nullable String unreadable(CallbackDoor door, CallbackRequest request) {
        RefusedCallback refused = catchThrowableOfType(RefusedCallback.class, () -> door.read(request));
        assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
        return refused.proven();
    }

    @Test
    void channelsPayment_keepsItsLongId_andHasNoAmount() throws Exception {
        Callback callback = channels("{\"FromUserName\":\"openid\",\"CreateTime\":1658505699,\"MsgType\":\"event\","
                + "\"Event\":\"channels_ec_order_pay\",\"order_info\":{\"order_id\":9223372036854775809,"
                + "\"pay_time\":1658505600}}");

        assertThat(callback.events())
                .containsExactly(new JsonObject()
                        .put("type", "order.paid")
                        .put("id", "order.paid:9223372036854775809")
                        .put("order", "9223372036854775809")
                        .put("member", "openid")
                        .put("ts", 1_658_505_600_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "channels_ec_order_new, order.created",
        "channels_ec_order_cancel, order.cancelled",
    })
    void channelsOrders_goThroughTheirStates(String event, String type) throws Exception {
        JsonObject told = channels("{\"FromUserName\":\"o\",\"CreateTime\":1658505699,\"Event\":\"" + event
                        + "\",\"order_info\":{\"order_id\":3705115058471208928}}")
                .events()
                .get(0);

        assertThat(told.getString("type")).isEqualTo(type);
        assertThat(told.getString("order")).isEqualTo("3705115058471208928");
    }

    @Test
    void channelsBodies_thatAreNotSealed_areRefused() {
        assertThat(refusal(CHANNELS, sealed("{\"Event\":\"channels_ec_order_pay\"}", "")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(CHANNELS, sealed("{\"Encrypt\":\"AAAA\"}", "other"))).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(CHANNELS, sealed("{\"Encrypt\":7}", ""))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_SHA256, 0ffdd049a2f0f67aedaf38680349ecb6a9861117393e15ea66e34ccb8fce1bed",
        "HMAC_SHA256, 0FFDD049A2F0F67AEDAF38680349ECB6A9861117393E15EA66E34CCB8FCE1BED",
        "HMAC_SHA256, D/3QSaLw9nrtrzhoA0nstqmGERc5PhXqZuNMy4/OG+0=",
        "HMAC_SHA1, 1b40267caf10dd68a9235330475928bea4d173f6",
        "MD5_CONCAT, 150f9e0a89d831ae1a882165f79e4541",
        "TOKEN, key",
    })
    void signatures_computedElsewhere_areRight_andAnythingElseIsNot(Scheme scheme, String signature) throws Exception {
        ShopSignature shop = new ShopSignature(scheme, "key", "app");
        byte[] body = "{\"order\":1}".getBytes(UTF_8);
        shop.require(signature, body);

        for (String wrong : List.of(signature + "0", signature.substring(1), "", "秒杀")) {
            RefusedCallback refused = catchThrowableOfType(RefusedCallback.class, () -> shop.require(wrong, body));
            assertThat(refused.reason()).isEqualTo(Reason.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.3      | true  | 1230",
                "'\"12.30\"' | true | 1230",
                "1230      | false | 1230",
                "0         | false | 0",
                "12.345    | true  | 12.345",
                "0.5       | false | 0.5",
                "-1        | false | -1",
                "1e300     | true  | 1E+300",
                "12345678.90 | true | 1234567890",
                "12.3000000000 | true | 1230",
                "1.000000000000000000000000000001 | true | 1.000000000000000000000000000001",
                "0.30000000000000001 | true | 0.30000000000000001",
                "1e-999999999 | true | 1E-999999999",
                "9e999999999 | true | 9E+999999999",
                "'\"NaN\"' | true  | NaN",
                "99999999999999999999 | true | 99999999999999999999",
            })
    void amounts_areWholeMinorUnits_orLeftToBeRefused(String amount, boolean isMajor, String expected)
            throws Exception {
        JsonObject event = event(mapping(ShopTime.MILLIS, isMajor), "\"amount\":" + amount);

        assertThat(event.getValue("amount")).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SECONDS  | 1658505600 | 1658505600000",
                "SECONDS  | '\"1658505600\"' | 1658505600000",
                "MILLIS   | 1658505600123 | 1658505600123",
                "DATETIME | '\"2026-11-23 10:00:00\"' | 1795399200000",
                "DATETIME | '\"2026-02-30 10:00:00\"' | 2026-02-30 10:00:00?",
                "RFC3339  | '\"2026-11-23T10:00:00+08:00\"' | 2026-11-23T10:00:00+08:00",
                "SECONDS  | -1 | -1?",
                "MILLIS   | {} | {}?",
            })
    void times_areReadInTheFormOfTheShop(ShopTime time, String given, String expected) throws Exception {
        JsonObject event = event(mapping(time, false), "\"ts\":" + given);

        assertThat(event.getValue("ts")).hasToString(expected);
    }

    /** Left out they would be taken for absent: an order would be counted without its group. */
    @Test
    void fields_ofTheWrongKind_areLeftToBeRefused_andEmptyOnesAreNone() throws Exception {
        JsonObject event = event(
                mapping(ShopTime.MILLIS, false), "\"order\":{\"a\":1},\"member\":1.5,\"ts\":null,\"amount\":\"\"");

        assertThat(event)
                .isEqualTo(new JsonObject()
                        .put("type", "order.paid")
                        .put("id", "order.paid:")
                        .put("order", new JsonObject().put("a", 1))
                        .put("member", new BigDecimal("1.5")));
        assertThat(event(mapping(ShopTime.MILLIS, false), "\"order\":\"\",\"member\":null"))
                .isEqualTo(new JsonObject().put("type", "order.paid").put("id", "order.paid:"));
    }

    private static JsonObject event(ShopMapping mapping, String members) throws Exception {
        byte[] document = ("{\"e\":\"paid\"," + members + "}").getBytes(UTF_8);
        return Objects.requireNonNull(mapping.event(ShopJson.read(document)));
    }

    private static ShopMapping mapping(ShopTime time, boolean isMajor) {
        return new ShopMapping(
                "/e",
                Map.of("paid", "order.paid"),
                Map.of(
                        "order", List.of("/order"),
                        "member", List.of("/member"),
                        "ts", List.of("/ts"),
                        "amount", List.of("/amount")),
                time,
                isMajor);
    }

    private static Callback youzan(String type, String message) throws Exception {
        return YOUZAN.read(request(youzanBody(type, message).encode(), Map.of()));
    }

    private static JsonObject youzanBody(String type, String message) throws Exception {
        return signed(type, URLEncoder.encode(message, UTF_8));
    }

    private static JsonObject signed(String type, String encoded) throws Exception {
        return new JsonObject()
                .put("type", type)
                .put("id", "E2026")
                .put("client_id", "client")
                .put("kdt_id", 55)
                .put("test", false)
                .put("msg", encoded)
                .put("sign", md5("client" + encoded + "hush"));
    }

    private static Callback channels(String message) throws Exception {
        String encrypted = CALLER.encrypt(message);
        return CHANNELS.read(sealed(new JsonObject().put("Encrypt", encrypted).encode(), encrypted));
    }

    private static CallbackRequest sealed(String body, String encrypted) {
        Map<String, String> query = new HashMap<>();
        for (String pair :
                List.of(CALLER.query(NOW / 1_000, "n", encrypted).substring(1).split("&", -1))) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return new CallbackRequest(query, Map.of(), Buffer.buffer(body), NOW);
    }

    private static CallbackRequest request(String body, Map<String, String> headers) {
        return new CallbackRequest(Map.of(), headers, Buffer.buffer(body), NOW);
    }

    private static Reason refusal(CallbackDoor door, CallbackRequest request) {
        RefusedCallback refused = catchThrowableOfType(RefusedCallback.class, () -> door.read(request));
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    }
}
