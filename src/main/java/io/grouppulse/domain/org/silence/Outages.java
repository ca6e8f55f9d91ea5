package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.silence.BlindTimes;
import io.grouppulse.domain.signal.silence.BlindTimes.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** When nothing could be seen of some sources, or of any because this program did not run. Times are T, epoch millis. */
final class Outages {
    private static final String EVERY = "";
    private static final long KEPT = 14 * 86_400_000L;

    /** Of each source; a source that comes and goes more often loses its oldest outages. */
    private static final int MOST = 200;

    private final Map<String, Long> downSince = new HashMap<>();
    private final Map<String, List<Span>> past = new HashMap<>();
    private final Map<String, Long> heartbeats = new HashMap<>();
    private final Map<Set<String>, BlindTimes> blindOf = new HashMap<>();

    /** Takes what an earlier run knew. */
    void restore(KnownOutages known) {
        downSince.putAll(known.downSince());
        known.past().forEach((source, spans) -> past.put(source, new ArrayList<>(spans)));
        heartbeats.putAll(known.heartbeats());
        blindOf.clear();
    }

    KnownOutages known(long seenUntil) {
        return new KnownOutages(seenUntil, downSince, past, heartbeats);
    }

    /** This program did not run from one moment to the other. */
    void stopped(long from, long to) {
        if (from < to) {
            add(EVERY, new Span(from, to));
            blindOf.clear();
        }
    }

    private void add(String source, Span outage) {
        List<Span> spans = past.computeIfAbsent(source, s -> new ArrayList<>());
        spans.add(outage);
        if (spans.size() > MOST) {
            spans.remove(0);
        }
    }

    /** Takes how the sources are now; whether others are down than before. One that was down is so until it is heard. */
    boolean update(SourcesSeen seen, long t) {
        seen.heartbeats().forEach((source, at) -> heartbeats.merge(source, at, Math::max));
        heartbeats.values().removeIf(at -> at < t - KEPT);
        Set<String> back = new HashSet<>(downSince.keySet());
        back.retainAll(seen.up());
        boolean changed = !back.isEmpty() || !downSince.keySet().containsAll(seen.down());
        if (!changed) {
            return false;
        }
        back.forEach(source -> add(source, new Span(Objects.requireNonNull(downSince.remove(source)), t)));
        seen.down().forEach(source -> downSince.putIfAbsent(source, t));
        past.values().forEach(spans -> spans.removeIf(outage -> outage.to() < t - KEPT));
        past.values().removeIf(List::isEmpty);
        blindOf.clear();
        return true;
    }

    boolean isDown(Collection<String> sources) {
        if (downSince.isEmpty()) {
            return false;
        }
        for (String source : sources) {
            if (downSince.containsKey(source)) {
                return true;
            }
        }
        return false;
    }

    /** When one at least of these sources could not be seen. */
    BlindTimes blind(Set<String> sources) {
        if (downSince.isEmpty() && past.isEmpty()) {
            return BlindTimes.NONE;
        }
        BlindTimes known = blindOf.get(sources);
        if (known == null) {
            List<Span> spans = new ArrayList<>(past.getOrDefault(EVERY, List.of()));
            for (String source : sources) {
                spans.addAll(past.getOrDefault(source, List.of()));
                Long since = downSince.get(source);
                if (since != null) {
                    spans.add(new Span(since, Long.MAX_VALUE));
                }
            }
            known = BlindTimes.in(spans);
            blindOf.put(Set.copyOf(sources), known);
        }
        return known;
    }
}
