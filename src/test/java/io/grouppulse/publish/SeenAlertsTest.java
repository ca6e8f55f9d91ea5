package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.access.Visibility;
import io.grouppulse.domain.alert.AlertKey;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenAlertsTest {
    private static final Reach OF_ONE = Reach.of(List.of("a/1"));

    private final Map<String, List<String>> places = new HashMap<>(Map.of("g", List.of("a/1", "b/2")));
    private final Visibility visibility = new Visibility(
            group -> places.getOrDefault(group, List.of()),
            campaign -> campaign.equals("sale-b") ? new Visibility.Ground("b", Set.of()) : null);

    private static Episode alert(AlertKind kind, String subject, String... orgs) {
        return new Episode(
                "id", new AlertKey(kind, subject), null, List.of(orgs), null, "text", 1, 2, 2, Episode.Told.NOTHING);
    }

    private boolean isSeen(Episode episode, Reach reach) {
        return SeenAlerts.isSeen(episode, "", reach, visibility);
    }

    @Test
    void alertOfAGroup_isForWhoSeesTheGroupNow() {
        Episode silent = alert(AlertKind.GROUP_SILENT, "g", "a/1", "b/2");
        assertThat(isSeen(silent, OF_ONE)).isTrue();
        assertThat(isSeen(silent, Reach.of(List.of("a/10")))).isFalse();

        places.put("g", List.of("a/10"));

        assertThat(isSeen(silent, OF_ONE)).isFalse();
    }

    @Test
    void alertsOfOtherSubjects_areForWhoReachesAllOfThem() {
        assertThat(isSeen(alert(AlertKind.ORG_SILENT, "a/1/x", "a/1/x"), OF_ONE))
                .isTrue();
        assertThat(isSeen(alert(AlertKind.ORG_SILENT, "a", "a"), OF_ONE)).isFalse();
        assertThat(isSeen(alert(AlertKind.ORG_SILENT, ""), OF_ONE)).isFalse();
        assertThat(isSeen(alert(AlertKind.SALE_BEHIND, "sale-b", "b"), OF_ONE)).isFalse();
        assertThat(isSeen(alert(AlertKind.SALE_BEHIND, "sale-b", "b"), Reach.of(List.of("b"))))
                .isTrue();
        assertThat(isSeen(alert(AlertKind.SOURCE_DOWN, "shop"), OF_ONE)).isFalse();
        assertThat(isSeen(alert(AlertKind.SOURCE_DOWN, "shop"), Reach.WHOLE)).isTrue();
    }

    @Test
    void pathsOfAnAlert_areCutToThoseOfItsReader() {
        Episode silent = alert(AlertKind.GROUP_SILENT, "g", "a/1", "b/2");

        assertThat(SeenAlerts.json(silent, new View(OF_ONE, false)).getJsonArray("orgs"))
                .containsExactly("a/1");
        assertThat(SeenAlerts.json(silent, View.LOCAL).getJsonArray("orgs")).containsExactly("a/1", "b/2");
    }
}
