package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Youzan shop. The signature stands in the header {@code Event-Sign}, over the body as it was sent, or in the field
 * {@code sign}, over {@code msg} still url-encoded. That a trade is paid is told twice, as {@code TradePaid} and
 * {@code TradeBuyerPay}: both become the same event.
 */
public final class YouzanDoor implements CallbackDoor {
    private static final String ORDER = "/msg/full_order_info/order_info/";
    private static final String BUYER = "/msg/full_order_info/buyer_info/";
    private static final ShopMapping MAPPING = new ShopMapping(
            "/type",
            Map.of(
                    "trade_TradeCreate", "order.created",
                    "trade_TradePaid", "order.paid",
                    "trade_TradeBuyerPay", "order.paid",
                    "trade_TradeClose", "order.cancelled"),
            Map.of(
                    "order", List.of(ORDER + "tid", "/msg/tid", "/id"),
                    "member", List.of(BUYER + "yz_open_id", BUYER + "outer_user_id", BUYER + "buyer_id"),
                    "ts", List.of("/at"),
                    "amount", List.of("/msg/full_order_info/pay_info/payment"),
                    "item", List.of("/msg/full_order_info/orders/0/item_id"),
                    "quantity", List.of("/msg/full_order_info/orders/0/num")),
            ShopTime.DATETIME,
            true);

    private final String source;
    private final String clientId;
    private final ShopSignature signature;

    public YouzanDoor(String source, String clientId, String clientSecret) {
        this.source = source;
        this.clientId = clientId;
        this.signature = new ShopSignature(ShopSignature.Scheme.MD5_CONCAT, clientSecret, clientId);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String thanks() {
        return "{\"code\":0,\"msg\":\"success\"}";
    }

    @Override
    public Callback read(CallbackRequest request) throws RefusedCallback {
        byte[] body = request.body().getBytes();
        String header = request.headers().get("event-sign");
        if (header != null) {
            signature.require(header, body);
        }
        JsonObject document = header == null ? ShopJson.read(body) : ShopJson.readProven(body);
        String encoded = text(document, "msg");
        if (header == null) {
            signature.require(text(document, "sign"), encoded.getBytes(UTF_8));
        }
        if (!clientId.equals(document.getValue("client_id"))) {
            throw new RefusedCallback(RefusedCallback.Reason.WRONG_RECEIVER, "meant for another client_id");
        }
        if (Boolean.TRUE.equals(document.getValue("test"))) {
            return Callback.empty(Callback.Result.IGNORED);
        }
        JsonObject message = ShopJson.readProven(decoded(encoded).getBytes(UTF_8));
        document.put("msg", message);
        document.put("at", time(String.valueOf(document.getValue("type")), message));
        return ShopJson.callback(document, MAPPING);
    }

    /** When it happened: a trade holds the times of all its steps. */
    private static @Nullable Object time(String type, JsonObject message) {
        JsonObject order = object(object(message, "full_order_info"), "order_info");
        Object at = switch (type) {
            case "trade_TradeCreate" -> order.getValue("created");
            case "trade_TradePaid", "trade_TradeBuyerPay" -> order.getValue("pay_time");
            default -> null;
        };
        Object updated = message.getValue("update_time");
        return at != null ? at : updated != null ? updated : order.getValue("update_time");
    }

    private static JsonObject object(JsonObject in, String name) {
        return in.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static String text(JsonObject document, String name) throws RefusedCallback {
        if (document.getValue(name) instanceof String text) {
            return text;
        }
        throw ShopJson.malformed(name + " must be a string");
    }

    private static String decoded(String encoded) throws RefusedCallback {
        try {
            return URLDecoder.decode(encoded, UTF_8);
        } catch (IllegalArgumentException e) {
            throw ShopJson.malformed("msg must be url-encoded");
        }
    }
}
