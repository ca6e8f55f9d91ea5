package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import org.jspecify.annotations.Nullable;

/** A text about an order, as the earliest event that has one says it (ties by event id): a function of the set of events. */
final class EarliestText {
    private @Nullable String text;
    private long ts;
    private String id = "";

    @Nullable String text() {
        return text;
    }

    void take(@Nullable String said, GroupEvent event) {
        if (said != null && isEarlier(event.ts(), event.id())) {
            text = said;
            ts = event.ts();
            id = event.id();
        }
    }

    /** Takes what another says, if that is earlier. */
    void add(EarliestText other) {
        if (other.text != null && isEarlier(other.ts, other.id)) {
            text = other.text;
            ts = other.ts;
            id = other.id;
        }
    }

    private boolean isEarlier(long otherTs, String otherId) {
        return text == null || otherTs < ts || (otherTs == ts && otherId.compareTo(id) < 0);
    }

    void save(SavedWriter out) {
        out.text(text);
        if (text != null) {
            out.number(ts);
            out.text(id);
        }
    }

    void restore(SavedReader in) {
        text = in.textOrNull();
        if (text != null) {
            ts = in.number();
            id = in.text();
        }
    }
}
