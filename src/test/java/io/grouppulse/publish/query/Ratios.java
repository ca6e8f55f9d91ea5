package io.grouppulse.publish.query;

import io.vertx.core.json.JsonObject;

/** Ratios as they are served. */
final class Ratios {
    private Ratios() {}

    static JsonObject ratio(long num, long den) {
        return new JsonObject().put("num", num).put("den", den).put("value", den == 0 ? null : (double) num / den);
    }
}
