package io.grouppulse.ingest.callback.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.http.BadInput;
import io.grouppulse.http.JsonDocument;
import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.RefusedCallback;
import io.grouppulse.ingest.decode.Utf8;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Shops' documents. */
final class ShopJson {
    private ShopJson() {}

    /** Of a caller whose signature is yet to be checked. */
    static JsonObject read(byte[] body) throws RefusedCallback {
        try {
            if (Utf8.isValid(body, 0, body.length)) {
                return JsonDocument.read(new String(body, UTF_8));
            }
        } catch (BadInput e) {
            // the same answer as to bytes that are no text
        }
        throw malformed("the body must be a JSON object in UTF-8 in which no field is given twice");
    }

    /** Of a caller whose signature was right. */
    static JsonObject readProven(byte[] body) throws RefusedCallback {
        try {
            return read(body);
        } catch (RefusedCallback e) {
            throw e.provenToSay(new String(body, UTF_8));
        }
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
