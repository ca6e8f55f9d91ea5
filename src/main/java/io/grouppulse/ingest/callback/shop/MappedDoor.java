package io.grouppulse.ingest.callback.shop;

import io.grouppulse.ingest.callback.Callback;
import io.grouppulse.ingest.callback.CallbackDoor;
import io.grouppulse.ingest.callback.CallbackRequest;
import io.grouppulse.ingest.callback.RefusedCallback;

/**
 * A shop whose form and signature the settings describe.
 *
 * @param header where the signature stands, in lower case
 */
public record MappedDoor(String source, ShopSignature signature, String header, ShopMapping mapping, String thanks)
        implements CallbackDoor {

    @Override
    public Callback read(CallbackRequest request) throws RefusedCallback {
        signature.require(request.needHeader(header), request.body().getBytes());
        return ShopJson.callback(ShopJson.readProven(request.body().getBytes()), mapping);
    }
}
