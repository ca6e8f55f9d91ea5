package io.grouppulse.domain.signal.past;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import org.jspecify.annotations.Nullable;

/**
 * What an event named beside its member.
 *
 * @param share id of the posted content that led here
 * @param inviter id of the member who invited, on joins
 */
public record PastTrait(
        @Nullable String share,
        @Nullable String channel,
        @Nullable String inviter) {
    /** Nothing was named. */
    public static final PastTrait NONE = new PastTrait(null, null, null);

    static PastTrait of(GroupEvent event) {
        return event.share() == null && event.channel() == null && event.inviter() == null
                ? NONE
                : new PastTrait(event.share(), event.channel(), event.inviter());
    }

    static PastTrait of(Act act) {
        return act.share() == null && act.channel() == null ? NONE : new PastTrait(act.share(), act.channel(), null);
    }

    void save(SavedWriter out) {
        out.text(share);
        out.text(channel);
        out.text(inviter);
    }

    static PastTrait restore(SavedReader in) {
        return new PastTrait(in.textOrNull(), in.textOrNull(), in.textOrNull());
    }
}
