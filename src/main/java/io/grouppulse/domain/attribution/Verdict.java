package io.grouppulse.domain.attribution;

import io.grouppulse.domain.event.GroupEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new decision about an order, or the same about an order of which more is known.
 *
 * @param before the decision so far, null at the first
 * @param events all its events that name no group, oldest first
 */
public record Verdict(
        String member,
        String source,
        String order,
        @Nullable Decision before,
        Decision after,
        List<GroupEvent> events) {}
