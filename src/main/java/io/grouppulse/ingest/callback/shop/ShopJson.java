package io.grouppulse.ingest.callback.shop;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.ingest.decode.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Shops' documents. */
final class ShopJson {
    private ShopJson() {}

    static JsonObject read(byte[] body) throws RefusedCallback {
        try {
            if (Utf8.isValid(body, 0, body.length)) {
                return new JsonObject(Buffer.buffer(body));
            }
        } catch (DecodeException | ClassCastException e) {
            // falls through: the same answer as for bytes that are no text
        }
        throw malformed("the body must be a JSON object in UTF-8");
    }

    /** What the document tells, as far as it is mapped. */
    static Callback callback(JsonObject document, ShopMapping mapping) {
        JsonObject event = mapping.event(document);
        return event == null ? Callback.empty(Callback.Result.IGNORED) : Callback.of(List.of(event));
    }

    static RefusedCallback malformed(String detail) {
        return new RefusedCallback(RefusedCallback.Reason.MALFORMED, detail);
    }
}
