package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Episodes as the Alertmanager's API v2 takes them: one alert a kind and organisation node, with a count. */
final class AlertmanagerJson {
    private AlertmanagerJson() {}

    /** What tells one alert from another: its labels. {@code subject} is empty where many episodes share one alert. */
    private record Identity(AlertKind kind, String org, String subject) {
        static Identity of(Episode episode) {
            return switch (episode.key().kind()) {
                case GROUP_SILENT, ORG_SILENT -> new Identity(episode.key().kind(), episode.org(), "");
                case SOURCE_DOWN, SALE_BEHIND ->
                    new Identity(
                            episode.key().kind(), episode.org(), episode.key().subject());
            };
        }

        JsonObject labels() {
            JsonObject labels =
                    new JsonObject().put("alertname", alertName(kind)).put("severity", "warning");
            if (!org.isEmpty()) {
                labels.put("org", org);
            }
            return switch (kind) {
                case SOURCE_DOWN -> labels.put("source", subject);
                case SALE_BEHIND -> labels.put("campaign", subject);
                case GROUP_SILENT, ORG_SILENT -> labels;
            };
        }
    }

    private static String alertName(AlertKind kind) {
        return switch (kind) {
            case GROUP_SILENT -> "GroupPulseGroupsSilent";
            case ORG_SILENT -> "GroupPulseOrgSilent";
            case SOURCE_DOWN -> "GroupPulseSourceDown";
            case SALE_BEHIND -> "GroupPulseSaleBehind";
        };
    }

    /** @param resolved episodes that ended lately; where others of the same alert fire, the alert fires */
    static JsonArray of(Collection<Episode> firing, Collection<Episode> resolved) {
        Map<Identity, List<Episode>> open = byIdentity(firing);
        JsonArray alerts = new JsonArray();
        open.forEach((identity, episodes) -> alerts.add(alert(identity, episodes)));
        byIdentity(resolved).forEach((identity, episodes) -> {
            if (!open.containsKey(identity)) {
                alerts.add(alert(identity, episodes).put("endsAt", latestEnd(episodes)));
            }
        });
        return alerts;
    }

    private static Map<Identity, List<Episode>> byIdentity(Collection<Episode> episodes) {
        Map<Identity, List<Episode>> byIdentity = new LinkedHashMap<>();
        episodes.forEach(episode -> byIdentity
                .computeIfAbsent(Identity.of(episode), identity -> new ArrayList<>())
                .add(episode));
        return byIdentity;
    }

    private static JsonObject alert(Identity identity, List<Episode> episodes) {
        Episode first = episodes.get(0);
        String title = first.name() == null ? first.key().subject() : first.name();
        String more = episodes.size() == 1 ? "" : " and " + (episodes.size() - 1) + " more";
        return new JsonObject()
                .put("labels", identity.labels())
                .put(
                        "annotations",
                        new JsonObject()
                                .put("summary", title + more)
                                .put("description", first.text())
                                .put("count", Integer.toString(episodes.size())))
                .put(
                        "startsAt",
                        text(episodes.stream()
                                .mapToLong(Episode::startsAt)
                                .min()
                                .orElseThrow()));
    }

    private static String latestEnd(List<Episode> episodes) {
        return text(episodes.stream().mapToLong(Episode::endsAt).max().orElseThrow());
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
