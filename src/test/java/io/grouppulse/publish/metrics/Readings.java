package io.grouppulse.publish.metrics;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Readings of groups that differ in what a test is about. */
final class Readings {
    private Readings() {}

    /** A group of ten members of which some are active, and which paid one order. */
    static GroupReading group(String id, long active, String... orgs) {
        return group(1, id, active, orgs);
    }

    /** The same with that many windows, all alike. */
    static GroupReading group(int windows, String id, long active, String... orgs) {
        Counts window = counts(Column.ACTIVE, active);
        return new GroupReading(
                new GroupProfile(id, null, List.of(orgs), 0, List.of(), null),
                ActivityState.NORMAL,
                10,
                Long.MIN_VALUE,
                Collections.nCopies(windows, window),
                window,
                BreadthReading.NONE,
                counts(Column.ORDERS_PAID, 1),
                new RainReading(0, 0, 0),
                SilenceReading.unknown(Long.MIN_VALUE),
                Activity.NONE,
                Map.of(),
                0);
    }

    private static Counts counts(Column column, long value) {
        long[] values = new long[Column.COUNT];
        values[column.ordinal()] = value;
        return Counts.copyOf(values);
    }
}
