package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.access.Visibility;
import io.grouppulse.bus.AlertJson;
import io.grouppulse.domain.alert.Episode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Alerts as a reader has them: those of his part of the organisation, with the paths that he may see. */
public final class SeenAlerts {
    private SeenAlerts() {}

    /**
     * Whether an alert stands at or below a node and may be seen. That of a group is judged by where the group stands now,
     * one that belongs to the whole organisation is for who reads all of it.
     */
    public static boolean isSeen(Episode episode, String org, Reach reach, Visibility visibility) {
        if (!episode.isUnder(org)) {
            return false;
        }
        String subject = episode.key().subject();
        return switch (episode.key().kind()) {
            case GROUP_SILENT -> visibility.mayReadGroup(reach, subject);
            case SALE_BEHIND -> visibility.mayReadCampaign(reach, subject);
            case ORG_SILENT -> reach.covers(subject);
            case SOURCE_DOWN -> reach.whole();
        };
    }

    public static JsonObject json(Episode episode, View view) {
        return AlertJson.of(episode).put("orgs", new JsonArray(view.reach().visible(episode.orgs())));
    }
}
