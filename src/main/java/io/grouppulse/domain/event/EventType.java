package io.grouppulse.domain.event;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of events, by their names on the wire, with what each one counts as. */
public enum EventType {
    MEMBER_JOINED("member.joined", Kind.MEMBERSHIP),
    MEMBER_LEFT("member.left", Kind.MEMBERSHIP),
    MESSAGE_SENT("message.sent", Kind.INTERACTION),
    MESSAGE_REVOKED("message.revoked", Kind.CORRECTION),
    REACTION_ADDED("reaction.added", Kind.INTERACTION),
    CHECKIN_DONE("checkin.done", Kind.INTERACTION),
    REDPACKET_CLAIMED("redpacket.claimed", Kind.INTERACTION),
    LOTTERY_ENTERED("lottery.entered", Kind.INTERACTION),
    COUPON_CLAIMED("coupon.claimed", Kind.INTERACTION),
    CHAIN_JOINED("chain.joined", Kind.INTERACTION),
    GROUPBUY_OPENED("groupbuy.opened", Kind.INTERACTION),
    GROUPBUY_JOINED("groupbuy.joined", Kind.INTERACTION),
    GROUPBUY_FORMED("groupbuy.formed", Kind.OUTCOME),
    GROUPBUY_FAILED("groupbuy.failed", Kind.OUTCOME),
    CHAIN_POSTED("chain.posted", Kind.CHAIN),
    SHARE_POSTED("share.posted", Kind.STIMULUS),
    BROADCAST_SENT("broadcast.sent", Kind.STIMULUS),
    REDPACKET_SENT("redpacket.sent", Kind.STIMULUS),
    FLASH_STARTED("flash.started", Kind.STIMULUS),
    FLASH_ENDED("flash.ended", Kind.STIMULUS),
    LIVE_STARTED("live.started", Kind.STIMULUS),
    LIVE_ENDED("live.ended", Kind.STIMULUS),
    SHARE_OPENED("share.opened", Kind.TOUCH),
    PRODUCT_VIEWED("product.viewed", Kind.TOUCH),
    CART_ADDED("cart.added", Kind.INTERACTION),
    ORDER_CREATED("order.created", Kind.ORDER),
    ORDER_PAID("order.paid", Kind.ORDER),
    ORDER_CANCELLED("order.cancelled", Kind.ORDER_CORRECTION),
    ORDER_REFUNDED("order.refunded", Kind.ORDER_CORRECTION),
    SOURCE_HEARTBEAT("source.heartbeat", Kind.SOURCE);

    private enum Kind {
        MEMBERSHIP,
        INTERACTION,
        TOUCH,
        ORDER,
        ORDER_CORRECTION,
        CORRECTION,
        OUTCOME,
        CHAIN,
        STIMULUS,
        SOURCE
    }

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final String wireName;
    private final Kind kind;

    EventType(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
    }

    /** The type with this name on the wire, or null if there is none. */
    public static @Nullable EventType ofWireName(String name) {
        return BY_WIRE_NAME.get(name);
    }

    public String wireName() {
        return wireName;
    }

    /** An act of a person that counts as activity. */
    public boolean isInteraction() {
        return kind == Kind.INTERACTION || kind == Kind.TOUCH || kind == Kind.ORDER;
    }

    /** The start of a conversion. */
    public boolean isTouch() {
        return kind == Kind.TOUCH;
    }

    /** Any of the four transitions of an order. */
    public boolean isOrder() {
        return kind == Kind.ORDER || kind == Kind.ORDER_CORRECTION;
    }

    /** An operator's action: what may set activity off, never activity itself. */
    public boolean isStimulus() {
        return kind == Kind.STIMULUS;
    }

    /** Whether an event of this type must name a group. */
    public boolean needsGroup() {
        return !isOrder() && kind != Kind.SOURCE;
    }

    /** Whether an event of this type must name a member. */
    public boolean needsMember() {
        return kind != Kind.STIMULUS && kind != Kind.OUTCOME && kind != Kind.SOURCE;
    }
}
