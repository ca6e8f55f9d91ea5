package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKey;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Condition;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.EpisodeBook;
import io.grouppulse.domain.alert.Notification;
import io.grouppulse.domain.alert.Observation;
import java.util.List;
import java.util.Set;

/** Episodes and notifications as the book makes them. */
final class Told {
    private Told() {}

    static Episode episode(String group, String org) {
        return book(group, org).firing().get(0);
    }

    static Notification notification(String group) {
        return book(group, "bbg").takeDue(1, 0, false).get(0);
    }

    static EpisodeBook book(String group, String org) {
        Condition silent = new Condition(
                new AlertKey(AlertKind.GROUP_SILENT, group),
                "麓谷一店",
                org.isEmpty() ? List.of() : List.of(org),
                "zhang",
                "expected 37 interactions since 20:14, saw 0");
        EpisodeBook book = new EpisodeBook(List.of(), List.of());
        book.observe(new Observation(List.of(silent), Set.of(), Set.of()), 1_795_399_100_000L, 1);
        return book;
    }
}
