package io.grouppulse.ingest.http;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import java.util.ArrayList;
import java.util.List;

/** Events that are handed over together. */
final class Batch {
    private final List<GroupInput> inputs = new ArrayList<>();
    private long bytes;

    void add(GroupEvent event, int size) {
        inputs.add(event);
        bytes += size;
    }

    List<GroupInput> inputs() {
        return inputs;
    }

    int size() {
        return inputs.size();
    }

    long bytes() {
        return bytes;
    }
}
