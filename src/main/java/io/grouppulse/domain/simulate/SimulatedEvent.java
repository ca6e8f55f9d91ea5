package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.GroupEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as a producer would send it.
 *
 * @param text the 接龙 text of a {@code chain.posted}, which the event itself no longer has; null on all other types
 */
public record SimulatedEvent(GroupEvent event, @Nullable String text) {}
