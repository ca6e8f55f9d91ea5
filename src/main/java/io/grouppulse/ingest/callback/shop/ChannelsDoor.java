package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.MessageSeal;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A shop on 微信小店, in its encrypted mode and JSON: the plain mode signs the address alone and would let anyone change the
 * body. Its callbacks name an order and no amount: the order stays unpriced until another event prices it.
 */
public final class ChannelsDoor implements CallbackDoor {
    private static final String ORDER = "/order_info/";
    private static final ShopMapping MAPPING = new ShopMapping(
            "/Event",
            Map.of(
                    "channels_ec_order_new", "order.created",
                    "channels_ec_order_pay", "order.paid",
                    "channels_ec_order_cancel", "order.cancelled"),
            Map.of(
                    "order", List.of(ORDER + "order_id"),
                    "member", List.of(ORDER + "openid", "/FromUserName"),
                    "ts", List.of(ORDER + "pay_time", "/CreateTime")),
            ShopTime.SECONDS,
            false);

    private final String source;
    private final MessageSeal seal;
    private final String receiver;

    /** @param receiver the app id that callbacks must be meant for */
    public ChannelsDoor(String source, String token, String aesKey, String receiver) {
        this.source = source;
        this.seal = new MessageSeal(token, aesKey);
        this.receiver = receiver;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String thanks() {
        return "success";
    }

    @Override
    public String verify(CallbackRequest request) throws RefusedCallback {
        String timestamp = request.needQuery("timestamp");
        seal.requireSignature(request.needQuery("signature"), timestamp, request.needQuery("nonce"), "");
        request.requireFresh(timestamp);
        return request.needQuery("echostr");
    }

    @Override
    public Callback read(CallbackRequest request) throws RefusedCallback {
        JsonObject envelope = ShopJson.read(request.body().getBytes());
        if (!(envelope.getValue("Encrypt") instanceof String encrypted)) {
            throw ShopJson.malformed("Encrypt must be a string");
        }
        MessageSeal.Message message = seal.open(request, encrypted, receiver);
        return ShopJson.callback(ShopJson.readProven(message.text().getBytes(UTF_8)), MAPPING);
    }
}
