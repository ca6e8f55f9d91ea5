package io.grouppulse.domain.signal.silence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Times in which nothing could have been seen: a gap does not grow in them. However many outages overlap, a moment is
 * left out once. Moments are epoch millis. Immutable.
 */
public final class BlindTimes {
    /** Everything could be seen. */
    public static final BlindTimes NONE = new BlindTimes(List.of());

    private final List<Span> spans;

    /** @param to exclusive; {@link Long#MAX_VALUE} while it is not over */
    public record Span(long from, long to) {}

    private BlindTimes(List<Span> spans) {
        this.spans = spans;
    }

    /** The times that are in at least one of these. */
    public static BlindTimes in(Collection<Span> outages) {
        List<Span> union = new ArrayList<>();
        outages.stream()
                .filter(one -> one.from < one.to)
                .sorted(Comparator.comparingLong(Span::from))
                .forEach(one -> {
                    Span last = union.isEmpty() ? null : union.get(union.size() - 1);
                    if (last == null || one.from > last.to) {
                        union.add(one);
                    } else if (one.to > last.to) {
                        union.set(union.size() - 1, new Span(last.from, one.to));
                    }
                });
        return union.isEmpty() ? NONE : new BlindTimes(List.copyOf(union));
    }

    /** Disjoint, the oldest first. */
    public List<Span> spans() {
        return spans;
    }

    /** The part of the exposure between two moments in which something could be seen. */
    double exposure(ExposureClock clock, long from, long to) {
        double seen = clock.at(to) - clock.at(from);
        for (Span span : spans) {
            if (span.to > from && span.from < to) {
                seen -= clock.at(Math.min(to, span.to)) - clock.at(Math.max(from, span.from));
            }
        }
        return seen;
    }

    /** The first moment until which so much exposure could be seen; {@link Long#MAX_VALUE} if there is none. */
    long whenExposed(ExposureClock clock, long from, double exposure) {
        long at = from;
        double left = exposure;
        for (Span span : spans) {
            if (span.to > at) {
                double seen = Math.max(0, clock.at(span.from) - clock.at(at));
                if (span.from > at && seen >= left) {
                    break;
                }
                left -= seen;
                at = span.to;
            }
        }
        return at == Long.MAX_VALUE ? at : Math.max(at, clock.when(clock.at(at) + left));
    }

    /** The moment until which so many millis could be seen; {@link Long#MAX_VALUE} if there is none. */
    long whenSeen(long from, long millis) {
        long at = from;
        long left = millis;
        for (Span span : spans) {
            if (span.to > at) {
                long seen = Math.max(0, span.from - at);
                if (span.from > at && seen >= left) {
                    break;
                }
                left -= seen;
                at = span.to;
            }
        }
        return at == Long.MAX_VALUE ? at : at + left;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlindTimes times && spans.equals(times.spans);
    }

    @Override
    public int hashCode() {
        return spans.hashCode();
    }
}
