package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down what happens as events with ids of their own, and leaves out what a silenced group no longer does. */
final class Scribe {
    static final String CHAT = "wecom";
    static final String SHOP = "shop";

    private final String tag;
    private long events;
    private long things;
    private Consumer<SimulatedEvent> sink = event -> {};

    /** Ids carry a tag of the run, so that two runs sent to one monitor do not look like duplicates. */
    Scribe(SimulationSettings settings) {
        long mixed = Dice.mix(Dice.mix(settings.seed()) + settings.startMillis());
        tag = Long.toUnsignedString(mixed >>> 24, 36);
    }

    void writeTo(Consumer<SimulatedEvent> newSink) {
        sink = newSink;
    }

    /** An id for an order or for shared content. */
    String newId(char kind) {
        return kind + tag + "-" + Long.toString(things++, 36);
    }

    Draft draft(EventType type, long ts, SimGroup group) {
        return new Draft(type, ts, group);
    }

    void heartbeat(String source, long ts) {
        GroupEvent event = new GroupEvent(
                source,
                newEventId(),
                EventType.SOURCE_HEARTBEAT,
                ts,
                "",
                null,
                null,
                null,
                GroupEvent.NO_AMOUNT,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        sink.accept(new SimulatedEvent(event, null));
    }

    private String newEventId() {
        return tag + "-" + Long.toString(events++, 36);
    }

    private static String sourceOf(EventType type) {
        boolean inShop = type.isOrder()
                || type.isTouch()
                || type == EventType.CART_ADDED
                || type == EventType.COUPON_CLAIMED
                || type.wireName().startsWith("groupbuy.");
        return inShop ? SHOP : CHAT;
    }

    /** An event on its way to paper. */
    final class Draft {
        private final EventType type;
        private final long ts;
        private final SimGroup group;
        private String named;
        private @Nullable Person person;
        private @Nullable String order;
        private long amount = GroupEvent.NO_AMOUNT;
        private @Nullable String item;
        private int quantity;
        private @Nullable String share;
        private @Nullable String inviter;
        private @Nullable String channel;
        private @Nullable String campaign;
        private @Nullable String reason;
        private @Nullable String target;
        private @Nullable ChainPost chain;
        private @Nullable String text;

        private Draft(EventType type, long ts, SimGroup group) {
            this.type = type;
            this.ts = ts;
            this.group = group;
            named = group.id();
        }

        /** The event does not say in which group it is. */
        Draft withoutGroup() {
            named = "";
            return this;
        }

        Draft by(Person newPerson) {
            person = newPerson;
            return this;
        }

        Draft order(String newOrder, long newAmount) {
            order = newOrder;
            amount = newAmount;
            return this;
        }

        Draft item(String newItem, int newQuantity) {
            item = newItem;
            quantity = newQuantity;
            return this;
        }

        Draft share(@Nullable String newShare) {
            share = newShare;
            return this;
        }

        Draft inviter(@Nullable String newInviter) {
            inviter = newInviter;
            return this;
        }

        Draft channel(@Nullable String newChannel) {
            channel = newChannel;
            return this;
        }

        Draft campaign(@Nullable String newCampaign) {
            campaign = newCampaign;
            return this;
        }

        Draft reason(String newReason) {
            reason = newReason;
            return this;
        }

        Draft target(String newTarget) {
            target = newTarget;
            return this;
        }

        Draft chain(ChainPost newChain, String newText) {
            chain = newChain;
            text = newText;
            return this;
        }

        /** Hands the event over and returns its id, also when a silent group keeps it to itself. */
        String send() {
            String id = newEventId();
            if (!group.isSilentAt(ts)) {
                sink.accept(new SimulatedEvent(event(id), text));
            }
            return id;
        }

        private GroupEvent event(String id) {
            Person who = person;
            return new GroupEvent(
                    sourceOf(type),
                    id,
                    type,
                    ts,
                    named,
                    who == null ? null : who.id(),
                    who == null ? null : who.role(),
                    order,
                    amount,
                    item,
                    quantity,
                    share,
                    inviter,
                    channel,
                    campaign,
                    reason,
                    target,
                    chain);
        }
    }
}
