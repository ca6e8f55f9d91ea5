package io.grouppulse.domain.alert;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of time in which a condition held; immutable. Times are epoch millis.
 *
 * @param id made of kind, subject and start, the same on every reading
 * @param text what was expected and seen when it began
 * @param startsAt T when it was first seen
 * @param endsAt T when it was first gone, {@link #OPEN} while it holds
 * @param changedAt wall clock time of its last transition
 * @param told the last transition of which somebody was told
 */
public record Episode(
        String id,
        AlertKey key,
        @Nullable String name,
        List<String> orgs,
        @Nullable String owner,
        String text,
        long startsAt,
        long endsAt,
        long changedAt,
        Told told) {
    /** The end of an episode that has none yet. */
    public static final long OPEN = Long.MAX_VALUE;

    /** How much of an episode has been handed on for delivery. */
    public enum Told {
        NOTHING,
        FIRING,
        RESOLVED
    }

    public Episode {
        orgs = List.copyOf(orgs);
    }

    static Episode open(Condition condition, long t, long now) {
        return new Episode(
                idOf(condition.key(), t),
                condition.key(),
                condition.name(),
                condition.orgs(),
                condition.owner(),
                condition.text(),
                t,
                OPEN,
                now,
                Told.NOTHING);
    }

    static String idOf(AlertKey key, long startsAt) {
        String parts = key.kind().wireName() + '\n' + key.subject() + '\n' + startsAt;
        return UUID.nameUUIDFromBytes(parts.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public boolean isFiring() {
        return endsAt == OPEN;
    }

    /** The node under which it is told: the first of its subject's, the root if it has none. */
    public String org() {
        return orgs.isEmpty() ? "" : orgs.get(0);
    }

    /** Whether its subject stands at or below the node; at the root all do. */
    public boolean isUnder(String org) {
        return org.isEmpty() || orgs.stream().anyMatch(path -> path.equals(org) || path.startsWith(org + "/"));
    }

    Episode closed(long t, long now) {
        return new Episode(id, key, name, orgs, owner, text, startsAt, Math.max(startsAt, t), now, told);
    }

    Episode told(Told now) {
        return new Episode(id, key, name, orgs, owner, text, startsAt, endsAt, changedAt, now);
    }
}
