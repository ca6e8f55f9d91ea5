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
 * @param item what a touch, a cart or an order was about
 */
public record PastTrait(
        @Nullable String share,
        @Nullable String channel,
        @Nullable String inviter,
        @Nullable String item) {
    /** Nothing was named. */
    public static final PastTrait NONE = new PastTrait(null, null, null, null);

    static PastTrait of(GroupEvent event) {
        return orNone(new PastTrait(event.share(), event.channel(), event.inviter(), event.item()));
    }

    static PastTrait of(Act act) {
        return orNone(new PastTrait(act.share(), act.channel(), null, act.item()));
    }

    private static PastTrait orNone(PastTrait trait) {
        return trait.equals(NONE) ? NONE : trait;
    }

    PastTrait withInviter(String newInviter) {
        return new PastTrait(share, channel, newInviter, item);
    }

    void save(SavedWriter out) {
        out.text(share);
        out.text(channel);
        out.text(inviter);
        out.text(item);
    }

    static PastTrait restore(SavedReader in) {
        return new PastTrait(in.textOrNull(), in.textOrNull(), in.textOrNull(), in.textOrNull());
    }
}
