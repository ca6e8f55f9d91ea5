package io.grouppulse.alert;

import io.grouppulse.bus.AlertJson;
import io.grouppulse.domain.alert.AlertKey;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.Episode.Told;
import io.grouppulse.domain.alert.Notification;
import io.grouppulse.domain.alert.Notification.Transition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything the alert room must remember, saved and read as one: so an episode and its notification are never apart.
 *
 * @param waiting by the name of the webhook, what is not known to be delivered, the oldest first
 */
record SavedAlerts(List<Episode> firing, List<Episode> resolved, Map<String, List<Notification>> waiting) {
    static final SavedAlerts NONE = new SavedAlerts(List.of(), List.of(), Map.of());
    private static final int VERSION = 1;

    JsonObject toJson() {
        JsonObject queues = new JsonObject();
        waiting.forEach((name, queue) -> queues.put(name, array(queue, SavedAlerts::notification)));
        return new JsonObject()
                .put("version", VERSION)
                .put("firing", array(firing, SavedAlerts::episode))
                .put("resolved", array(resolved, SavedAlerts::episode))
                .put("waiting", queues);
    }

    /** @throws RuntimeException of any kind if it is not what was written */
    static SavedAlerts ofJson(JsonObject json) {
        if (json.getInteger("version") != VERSION) {
            throw new IllegalArgumentException("written by another version");
        }
        Map<String, List<Notification>> waiting = new LinkedHashMap<>();
        JsonObject queues = json.getJsonObject("waiting");
        for (String name : queues.fieldNames()) {
            waiting.put(name, list(queues.getJsonArray(name), SavedAlerts::toNotification));
        }
        return new SavedAlerts(
                list(json.getJsonArray("firing"), SavedAlerts::toEpisode),
                list(json.getJsonArray("resolved"), SavedAlerts::toEpisode),
                waiting);
    }

    private static JsonObject episode(Episode episode) {
        return AlertJson.of(episode)
                .put("changedAt", episode.changedAt())
                .put("told", episode.told().name());
    }

    private static Episode toEpisode(JsonObject json) {
        List<String> orgs = new ArrayList<>();
        json.getJsonArray("orgs").forEach(org -> orgs.add((String) org));
        return new Episode(
                json.getString("id"),
                new AlertKey(kind(json), json.getString("subject")),
                json.getString("name"),
                orgs,
                json.getString("owner"),
                json.getString("text"),
                json.getLong("startsAt"),
                json.getLong("endsAt", Episode.OPEN) == null ? Episode.OPEN : json.getLong("endsAt"),
                json.getLong("changedAt"),
                Told.valueOf(json.getString("told")));
    }

    private static JsonObject notification(Notification notification) {
        return new JsonObject()
                .put("key", notification.key())
                .put("transition", notification.transition().name())
                .put("kind", notification.kind().wireName())
                .put("org", notification.org())
                .put("count", notification.count())
                .put("episodes", array(notification.episodes(), SavedAlerts::episode));
    }

    private static Notification toNotification(JsonObject json) {
        return new Notification(
                json.getString("key"),
                Transition.valueOf(json.getString("transition")),
                kind(json),
                json.getString("org"),
                json.getInteger("count"),
                list(json.getJsonArray("episodes"), SavedAlerts::toEpisode));
    }

    private static AlertKind kind(JsonObject json) {
        AlertKind kind = AlertKind.ofWireName(json.getString("kind"));
        if (kind == null) {
            throw new IllegalArgumentException("no such kind");
        }
        return kind;
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> toJson) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(toJson.apply(item)));
        return array;
    }

    private static <T> List<T> list(JsonArray array, Function<JsonObject, T> ofJson) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            items.add(ofJson.apply(array.getJsonObject(i)));
        }
        return items;
    }
}
