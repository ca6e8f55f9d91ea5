package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.testing.MonitorApi;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a producer sent, to be found again in the sources' sums: each event applied once, all else duplicates. */
final class EventSums {
    private final Set<Key> distinct = new HashSet<>();
    private long answered;
    private long perhaps;

    private record Key(String group, String source, String id) {}

    /** Notes a body that was answered after so many sendings of it that were not. */
    void sent(List<GroupEvent> events, int unanswered) {
        events.forEach(event -> distinct.add(new Key(event.group(), event.source(), event.id())));
        answered += events.size();
        perhaps += (long) unanswered * events.size();
    }

    long sentEvents() {
        return answered;
    }

    long lost(JsonNode sources) {
        return Math.max(0, distinct.size() - MonitorApi.sum(sources, "applied"));
    }

    long doubleCounted(JsonNode sources) {
        return Math.max(0, MonitorApi.sum(sources, "applied") - distinct.size());
    }

    /** An unanswered body may have been taken, or a part of it; an answered one was. */
    void assertAgree(String context, JsonNode sources) {
        long applied = MonitorApi.sum(sources, "applied");
        long duplicates = MonitorApi.sum(sources, "duplicates");
        assertThat(applied).as("%s: applied", context).isEqualTo(distinct.size());
        assertThat(duplicates)
                .as("%s: duplicates", context)
                .isBetween(answered - distinct.size(), answered - distinct.size() + perhaps);
        assertThat(MonitorApi.sum(sources, "accepted"))
                .as("%s: accepted", context)
                .isEqualTo(applied + duplicates);
    }
}
