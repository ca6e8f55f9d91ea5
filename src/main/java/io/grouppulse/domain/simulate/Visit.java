package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * One person looking at one item, and what brought them there.
 *
 * @param share the posted content, null for a visit of one's own accord
 * @param hot whether a flash sale is on: people then decide sooner and more often
 */
record Visit(
        SimGroup group,
        Person person,
        Catalogue.Item item,
        int quantity,
        @Nullable String share,
        @Nullable String channel,
        @Nullable String campaign,
        boolean hot) {

    private static final String[] CHANNELS = {
        "organic",
        "official_account",
        "moments_share",
        "sms",
        "subscription_notice",
        "store_material",
        "field_promotion",
        "mini_program"
    };

    private static final Weights CHANNEL_WEIGHTS = Weights.of(30, 15, 20, 5, 10, 12, 4, 4);

    static Visit ofOwnAccord(SimGroup group, Person person, Stage stage) {
        Dice dice = stage.dice();
        // One in twenty producers' events says nothing about the channel.
        String channel = dice.chance(0.05) ? null : CHANNELS[CHANNEL_WEIGHTS.draw(dice)];
        return new Visit(group, person, stage.catalogue().draw(dice), quantity(dice), null, channel, null, false);
    }

    static Visit throughShare(SimGroup group, Offer offer, long ts, Stage stage) {
        Dice dice = stage.dice();
        return new Visit(
                group,
                group.shopper(dice, ts),
                offer.item(),
                quantity(dice),
                offer.share(),
                "group_share",
                offer.campaign(),
                offer.campaign() != null);
    }

    /** A draft of an event of this visit, with all that the visit knows. */
    Scribe.Draft draft(Scribe scribe, EventType type, long ts) {
        Scribe.Draft draft = scribe.draft(type, ts, group)
                .by(person)
                .item(item.id(), quantity)
                .share(share)
                .campaign(campaign);
        return type == EventType.CART_ADDED ? draft : draft.channel(channel);
    }

    /** The same person and item, seen in another group. */
    Visit in(SimGroup other) {
        return new Visit(other, person, item, quantity, null, channel, null, false);
    }

    private static int quantity(Dice dice) {
        return 1 + Math.min(9, dice.poisson(0.35));
    }

    /** Content posted to a group: an item under a share id, in a flash sale also under its campaign. */
    record Offer(
            String share, Catalogue.Item item, @Nullable String campaign) {}
}
