package io.grouppulse.domain.alert;

import io.grouppulse.domain.alert.Episode.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All episodes that are open, and the newest that have ended. An episode opens when its condition is first seen, holds
 * as long as it is seen or nothing can be said of it, and closes itself. Not thread-safe.
 */
public final class EpisodeBook {
    /** The most episodes that can be open; conditions beyond them are counted and wait. */
    public static final int MOST_FIRING = 10_000;

    /** How many of those that have ended are remembered. */
    public static final int RESOLVED_KEPT = 1_000;

    private final Map<AlertKey, Episode> firing = new LinkedHashMap<>();
    private final ArrayDeque<Episode> resolved = new ArrayDeque<>();
    private long overflowing;

    /** A book that goes on where another one stopped. */
    public EpisodeBook(Collection<Episode> firing, Collection<Episode> resolved) {
        firing.forEach(episode -> this.firing.put(episode.key(), episode));
        this.resolved.addAll(resolved);
    }

    /** Open episodes, the oldest first. */
    public List<Episode> firing() {
        return List.copyOf(firing.values());
    }

    /** Episodes that have ended, in the order in which they did. */
    public List<Episode> resolved() {
        return List.copyOf(resolved);
    }

    /** Conditions of the last look for which there was no room. */
    public long overflowing() {
        return overflowing;
    }

    /** Number of open episodes of each kind. */
    public Map<AlertKind, Integer> countByKind() {
        Map<AlertKind, Integer> counts = new EnumMap<>(AlertKind.class);
        firing.keySet().forEach(key -> counts.merge(key.kind(), 1, Integer::sum));
        return counts;
    }

    /** Number of open episodes of one kind at each node under which they are told; the root has no name. */
    public Map<String, Integer> countByOrg(AlertKind kind) {
        Map<String, Integer> counts = new TreeMap<>();
        firing.values().stream()
                .filter(episode -> episode.key().kind() == kind)
                .forEach(episode -> counts.merge(episode.org(), 1, Integer::sum));
        return counts;
    }

    /**
     * Takes one look at everything.
     *
     * @param t the look's T, {@code now} its wall clock time
     * @return the episodes that opened and those that closed
     */
    public List<Episode> observe(Observation seen, long t, long now) {
        List<Episode> changed = new ArrayList<>();
        Map<AlertKey, Condition> conditions = new HashMap<>();
        seen.conditions().forEach(condition -> conditions.put(condition.key(), condition));
        for (Episode episode : firing()) {
            if (!conditions.containsKey(episode.key()) && !seen.unknown().contains(episode.key())) {
                changed.add(close(episode, t, now));
            }
        }
        overflowing = 0;
        Set<String> ended = new HashSet<>();
        resolved.forEach(episode -> ended.add(episode.id()));
        for (Condition condition : seen.conditions()) {
            if (firing.containsKey(condition.key()) || seen.inhibited().contains(condition.key())) {
                continue;
            }
            Episode episode = Episode.open(condition, t, now);
            if (firing.size() >= MOST_FIRING) {
                overflowing++;
            } else if (!ended.contains(episode.id())) {
                firing.put(condition.key(), episode);
                changed.add(episode);
            }
        }
        return changed;
    }

    private Episode close(Episode episode, long t, long now) {
        Episode closed = episode.closed(t, now);
        firing.remove(episode.key());
        resolved.addLast(closed);
        while (resolved.size() > RESOLVED_KEPT) {
            forgetOne();
        }
        return closed;
    }

    /** The oldest of which nothing is left to tell; failing that, the oldest. */
    private void forgetOne() {
        Episode spoken = resolved.stream()
                .filter(episode -> episode.told() != Told.FIRING)
                .findFirst()
                .orElse(resolved.getFirst());
        resolved.remove(spoken);
    }

    /**
     * Takes what is to be told now, each transition once, gathered by kind and organisation node. What began and ended
     * before it could be told is never told; of what was told to begin, the end is told.
     *
     * @param groupWait how long the first of several is held back to be told together with the others, millis
     * @param muted whether nothing may be told now
     */
    public List<Notification> takeDue(long now, long groupWait, boolean muted) {
        if (muted) {
            return List.of();
        }
        List<Notification> due = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        for (List<Episode> together : gathered(resolved, Told.FIRING)) {
            due.add(Notification.of(Notification.Transition.RESOLVED, together));
            together.forEach(episode -> ended.add(episode.id()));
        }
        if (!ended.isEmpty()) {
            List<Episode> kept = List.copyOf(resolved);
            resolved.clear();
            kept.forEach(episode -> resolved.add(ended.contains(episode.id()) ? episode.told(Told.RESOLVED) : episode));
        }
        for (List<Episode> together : gathered(firing.values(), Told.NOTHING)) {
            if (together.stream().anyMatch(episode -> now - episode.changedAt() >= groupWait)) {
                due.add(Notification.of(Notification.Transition.FIRING, together));
                together.forEach(episode -> firing.put(episode.key(), episode.told(Told.FIRING)));
            }
        }
        return List.copyOf(due);
    }

    private static Collection<List<Episode>> gathered(Collection<Episode> episodes, Told told) {
        record Place(AlertKind kind, String org) {}
        Map<Place, List<Episode>> byPlace = new LinkedHashMap<>();
        for (Episode episode : episodes) {
            if (episode.told() == told) {
                byPlace.computeIfAbsent(new Place(episode.key().kind(), episode.org()), place -> new ArrayList<>())
                        .add(episode);
            }
        }
        return byPlace.values();
    }
}
