package io.grouppulse.domain.attribution;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.MemberTrace;
import java.util.Comparator;

/**
 * A touch of a member.
 *
 * @param share the share that it opened, empty if it opened none
 */
record Touch(long ts, String group, String share) implements Comparable<Touch> {
    private static final Comparator<Touch> ORDER =
            Comparator.comparingLong(Touch::ts).thenComparing(Touch::group).thenComparing(Touch::share);

    static Touch of(MemberTrace trace) {
        String share = trace.share();
        return new Touch(
                trace.ts(), trace.group(), trace.type() == EventType.SHARE_OPENED && share != null ? share : "");
    }

    /** Precedes every touch at {@code ts} and later. */
    static Touch floor(long ts) {
        return new Touch(ts, "", "");
    }

    boolean opened(String wanted) {
        return share.equals(wanted);
    }

    @Override
    public int compareTo(Touch other) {
        return ORDER.compare(this, other);
    }
}
