package io.grouppulse.ingest.callback.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.Callback.Result;
import io.grouppulse.ingest.callback.CallbackMeters;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.MessageSeal;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.ingest.callback.RefusedCallback.Reason;
import io.grouppulse.testing.WeComCaller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeComDoorTest {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final String STAMP = "1409659589";
    private static final String NONCE = "263014780";
    private static final String ECHO =
            "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
    private static final long NOW = 1_409_659_600_000L;
    private static final long AT = 1_409_659_590;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WeComDoor door = new WeComDoor(
            "main",
            CALLER.token(),
            CALLER.aesKey(),
            CALLER.receiver(),
            NoVersions.kept(),
            new CallbackMeters(registry));
    private int nonce;

    @Test
    void signature_ofTheKnownVector_isComputed() {
        MessageSeal seal = new MessageSeal(CALLER.token(), CALLER.aesKey());

        assertThat(seal.sign(STAMP, NONCE, ECHO)).isEqualTo("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3");
    }

    @Test
    void verification_ofTheKnownVector_answersWithItsText() throws Exception {
        Map<String, String> query = Map.of(
                "msg_signature", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
                "timestamp", STAMP,
                "nonce", NONCE,
                "echostr", ECHO);

        assertThat(door.verify(new CallbackRequest(query, Map.of(), Buffer.buffer(), NOW)))
                .isEqualTo("1616140317555161061");
    }

    @Test
    void joins_becomeEvents_eachWithAnIdOfItsOwn() throws Exception {
        Callback callback = call(CALLER.change("c1", "add_member", AT, "v1", "v2", "wb", "wa"));

        assertThat(callback.result()).isEqualTo(Result.TAKEN);
        assertThat(callback.events()).hasSize(2);
        JsonObject first = callback.events().get(0);
        assertThat(first.getString("member")).isEqualTo("wa");
        assertThat(first.getString("type")).isEqualTo("member.joined");
        assertThat(first.getString("group")).isEqualTo("c1");
        assertThat(first.getString("channel")).isEqualTo("qr_code");
        assertThat(first.getLong("ts")).isEqualTo(AT * 1_000);
        assertThat(first.getString("id")).isNotEqualTo(callback.events().get(1).getString("id"));
    }

    @Test
    void leave_saysWhetherTheMemberWasRemoved() throws Exception {
        JsonObject left = call(CALLER.change("c1", "del_member", AT, "v1", "v2", "wa"))
                .events()
                .get(0);

        assertThat(left.getString("type")).isEqualTo("member.left");
        assertThat(left.getString("reason")).isEqualTo("removed");
    }

    @Test
    void idsDependOnWhatChanged_notOnOrderOrDoor() throws Exception {
        String one = ids(CALLER.change("c1", "add_member", AT, "v1", "v2", "wa", "wb"));
        WeComDoor other = new WeComDoor(
                "main",
                CALLER.token(),
                CALLER.aesKey(),
                CALLER.receiver(),
                NoVersions.kept(),
                new CallbackMeters(registry));
        String again = other.read(request(CALLER.change("c1", "add_member", AT, "v1", "v2", "wb", "wa"), AT))
                .events()
                .toString();

        assertThat(again).isEqualTo(one);
        assertThat(ids(CALLER.change("c2", "add_member", AT, "v1", "v2", "wa", "wb")))
                .isNotEqualTo(one);
    }

    @Test
    void chain_thatFollows_raisesNoGap_andOneThatDoesNot_asksForTheRoster() throws Exception {
        call(CALLER.change("c1", "add_member", AT, "v1", "v2", "wa"));
        double unknown = gaps();
        call(CALLER.change("c1", "add_member", AT, "v2", "v3", "wb"));
        assertThat(gaps()).isEqualTo(unknown).isEqualTo(1);

        Callback broken = call(CALLER.change("c1", "add_member", AT, "v5", "v6", "wc"));

        assertThat(gaps()).isEqualTo(2);
        assertThat(broken.events()).hasSize(1);
    }

    @Test
    void changeThatLeadsToTheVersionWeHave_isARepeat() throws Exception {
        call(CALLER.change("c1", "add_member", AT, "v1", "v2", "wa"));

        Callback again = call(CALLER.change("c1", "add_member", AT, "v1", "v2", "wa"));

        assertThat(again.result()).isEqualTo(Result.REPEATED);
        assertThat(again.events()).isEmpty();
    }

    @Test
    void changeThatWasLost_isTakenWhenItComesAgain() throws Exception {
        String change = CALLER.change("c1", "add_member", AT, "v1", "v2", "wa");
        Callback lost = call(change);
        lost.onLost().run();

        assertThat(call(change).events()).isEqualTo(lost.events());
    }

    @Test
    void sameCallback_twice_isTakenOnce_andSaidToBeWell() throws Exception {
        CallbackRequest request = request(CALLER.change("c1", "add_member", AT, "", "", "wa"), AT);
        door.read(request).onDurable().run();

        assertThat(door.read(request).result()).isEqualTo(Result.REPEATED);
    }

    @Test
    void changeThatNamesFewerMembersThanItCounts_asksForTheRoster() throws Exception {
        call(CALLER.change("c1", "add_member", AT, "v1", "v2", "wa"));
        double before = gaps();
        String change = CALLER.change("c1", "add_member", AT, "v2", "v3", "wb");
        call(change.replace("<MemChangeCnt>1<", "<MemChangeCnt>2<"));

        assertThat(gaps()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change_owner", "change_name", "change_notice", "something_new"})
    void otherUpdates_areThankedFor_andCountNothing(String detail) throws Exception {
        assertThat(call(CALLER.change("c1", detail, AT, "v1", "v2", "wa")).result())
                .isEqualTo(Result.IGNORED);
        assertThat(gaps()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xml>",
                "",
                "hello",
                "<xml><CreateTime>1</CreateTime><CreateTime>2</CreateTime></xml>",
                "<!DOCTYPE xml [<!ENTITY e \"x\">]><xml><ChatId>&e;</ChatId></xml>",
                "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\"><xml/>",
                "<xml><ChatId>&e;</ChatId></xml>",
                "<xml><MsgType>event</MsgType><Event>change_external_chat</Event><ChatId>c</ChatId></xml>",
                "<xml><MsgType>event</MsgType><Event>change_external_chat</Event><CreateTime>1</CreateTime></xml>",
                "<xml><MsgType>event</MsgType><Event>change_external_chat</Event><ChatId>c</ChatId>"
                        + "<CreateTime>-5</CreateTime></xml>",
            })
    void contentThatIsNoChange_isMalformed(String xml) {
        assertThat(refusal(request(xml, AT))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void deepXml_isMalformed() {
        assertThat(refusal(request("<a>".repeat(5_000) + "</a>".repeat(5_000), AT)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void signatureOfAnotherToken_isRefused_whateverElseIsWrong() {
        WeComCaller stranger = new WeComCaller("other", CALLER.aesKey(), CALLER.receiver());

        assertThat(refusal(request(stranger, "<xml/>", AT))).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(request(stranger, "<xml/>", 1))).isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void otherReceiver_isRefused() {
        WeComCaller other = new WeComCaller(CALLER.token(), CALLER.aesKey(), "wx0");

        assertThat(refusal(request(other, "<xml/>", AT))).isEqualTo(Reason.WRONG_RECEIVER);
    }

    @Test
    void oldTimestamp_andOneAhead_areStale() {
        assertThat(refusal(request("<xml/>", NOW / 1_000 - 301))).isEqualTo(Reason.STALE);
        assertThat(refusal(request("<xml/>", NOW / 1_000 + 301))).isEqualTo(Reason.STALE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33, 64, 255})
    void paddingThatCannotBe_isMalformed(int pad) {
        byte[] plain = new byte[64];
        plain[63] = (byte) pad;

        assertThat(refusalOfPlain(plain)).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 44, 1 << 30})
    void lengthThatCannotBe_isMalformed(int length) {
        byte[] plain = new byte[64];
        java.nio.ByteBuffer.wrap(plain).putInt(16, length);
        plain[63] = 1;

        assertThat(refusalOfPlain(plain)).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "not base64", "=", "QUJD", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void ciphertextThatIsNone_isMalformed(String encrypted) {
        assertThat(refusal(sealed(CALLER, encrypted, AT))).isEqualTo(Reason.MALFORMED);
    }

    private Reason refusalOfPlain(byte[] plain) {
        return refusal(sealed(CALLER, java.util.Base64.getEncoder().encodeToString(CALLER.encrypt(plain)), AT));
    }

    private Callback call(String xml) throws RefusedCallback {
        return door.read(request(xml, AT));
    }

    private String ids(String xml) throws RefusedCallback {
        return call(xml).events().toString();
    }

    private Reason refusal(CallbackRequest request) {
        RefusedCallback refused = catchThrowableOfType(RefusedCallback.class, () -> door.read(request));
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    private double gaps() {
        return registry.find("grouppulse.roster.gaps").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private CallbackRequest request(String xml, long seconds) {
        return request(CALLER, xml, seconds);
    }

    private CallbackRequest request(WeComCaller caller, String xml, long seconds) {
        return sealed(caller, caller.encrypt(xml), seconds);
    }

    private CallbackRequest sealed(WeComCaller caller, String encrypted, long seconds) {
        nonce++;
        Map<String, String> query = new HashMap<>();
        for (String pair : List.of(
                caller.query(seconds, "n" + nonce, encrypted).substring(1).split("&", -1))) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return new CallbackRequest(query, Map.of(), Buffer.buffer(caller.envelope(encrypted)), NOW);
    }
}
