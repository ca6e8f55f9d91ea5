package io.grouppulse.domain.alert;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is told at once: that episodes of one kind in one organisation node began, or that they ended. Immutable.
 *
 * @param key the same whenever this is sent again: a receiver that has seen it may ignore it
 * @param count number of episodes it speaks of
 * @param episodes the first {@link #MOST_SHOWN} of them
 */
public record Notification(
        String key, Transition transition, AlertKind kind, String org, int count, List<Episode> episodes) {
    public static final int MOST_SHOWN = 20;

    /** What happened to the episodes. */
    public enum Transition {
        FIRING,
        RESOLVED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Notification {
        episodes = List.copyOf(episodes);
    }

    /** @param episodes at least one, all of one kind and one node */
    static Notification of(Transition transition, List<Episode> episodes) {
        Episode first = episodes.get(0);
        return new Notification(
                keyOf(transition, episodes),
                transition,
                first.key().kind(),
                first.org(),
                episodes.size(),
                episodes.stream().limit(MOST_SHOWN).toList());
    }

    private static String keyOf(Transition transition, List<Episode> episodes) {
        String ids = episodes.size() == 1
                ? episodes.get(0).id()
                : UUID.nameUUIDFromBytes(episodes.stream()
                                .map(Episode::id)
                                .sorted()
                                .collect(Collectors.joining("\n"))
                                .getBytes(StandardCharsets.UTF_8))
                        .toString();
        return ids + "-" + transition.wireName();
    }

    /** The whole as text of a few lines, for people. */
    public String text() {
        return AlertText.of(this);
    }
}
