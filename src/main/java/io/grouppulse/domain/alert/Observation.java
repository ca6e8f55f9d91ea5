package io.grouppulse.domain.alert;

import java.util.List;
import java.util.Set;

/**
 * What was seen in one look at everything.
 *
 * @param conditions all that is wrong
 * @param inhibited those of them for which another alert speaks: they open no episode
 * @param unknown what is open and of which nothing can be said now: it stays open
 */
public record Observation(List<Condition> conditions, Set<AlertKey> inhibited, Set<AlertKey> unknown) {
    public Observation {
        conditions = List.copyOf(conditions);
        inhibited = Set.copyOf(inhibited);
        unknown = Set.copyOf(unknown);
    }
}
