package io.grouppulse.domain.signal.stimulus;

import io.grouppulse.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An operator's action that may set activity off.
 *
 * @param id the event's id
 * @param share the posted content, where there is one
 * @param item what it is about, where the event says so
 */
public record Stimulus(
        long ts,
        EventType type,
        String id,
        @Nullable String share,
        @Nullable String item) {

    /** Whether orders can be its effect: the end of a sale or of a live stream sets nothing off. */
    public boolean canTrigger() {
        return type != EventType.FLASH_ENDED && type != EventType.LIVE_ENDED;
    }
}
