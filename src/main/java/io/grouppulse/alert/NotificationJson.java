package io.grouppulse.alert;

import io.grouppulse.bus.AlertJson;
import io.grouppulse.domain.alert.Notification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A notification as a program reads it. */
final class NotificationJson {
    private NotificationJson() {}

    static JsonObject of(Notification notification) {
        JsonArray alerts = new JsonArray();
        notification.episodes().forEach(episode -> alerts.add(AlertJson.of(episode)));
        return new JsonObject()
                .put("key", notification.key())
                .put("transition", notification.transition().wireName())
                .put("kind", notification.kind().wireName())
                .put("org", notification.org())
                .put("count", notification.count())
                .put("text", notification.text())
                .put("alerts", alerts);
    }
}
