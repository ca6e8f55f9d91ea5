package io.grouppulse.bus;

import io.grouppulse.domain.alert.Episode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;

/** An alert as everybody outside reads it: over HTTP, in the feed, in a webhook. */
public final class AlertJson {
    private AlertJson() {}

    public static JsonObject of(Episode episode) {
        return new JsonObject()
                .put("id", episode.id())
                .put("kind", episode.key().kind().wireName())
                .put("subject", episode.key().subject())
                .put("name", episode.name())
                .put("orgs", new JsonArray(new ArrayList<>(episode.orgs())))
                .put("owner", episode.owner())
                .put("state", episode.isFiring() ? "firing" : "resolved")
                .put("text", episode.text())
                .put("startsAt", episode.startsAt())
                .put("endsAt", episode.isFiring() ? null : episode.endsAt());
    }
}
