package io.grouppulse.eventlog;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.Role;
import org.jspecify.annotations.Nullable;

/** The number of each constant in the log; a number once given never changes its meaning. */
final class WireCodes {
    private static final @Nullable EventType[] TYPES = new @Nullable EventType[64];
    private static final @Nullable Role[] ROLES = new @Nullable Role[8];

    static {
        for (EventType type : EventType.values()) {
            TYPES[of(type)] = type;
        }
        for (Role role : Role.values()) {
            ROLES[of(role)] = role;
        }
    }

    private WireCodes() {}

    static int of(EventType type) {
        return switch (type) {
            case MEMBER_JOINED -> 1;
            case MEMBER_LEFT -> 2;
            case MESSAGE_SENT -> 3;
            case MESSAGE_REVOKED -> 4;
            case REACTION_ADDED -> 5;
            case CHECKIN_DONE -> 6;
            case REDPACKET_CLAIMED -> 7;
            case LOTTERY_ENTERED -> 8;
            case COUPON_CLAIMED -> 9;
            case CHAIN_JOINED -> 10;
            case GROUPBUY_OPENED -> 11;
            case GROUPBUY_JOINED -> 12;
            case GROUPBUY_FORMED -> 13;
            case GROUPBUY_FAILED -> 14;
            case CHAIN_POSTED -> 15;
            case SHARE_POSTED -> 16;
            case BROADCAST_SENT -> 17;
            case REDPACKET_SENT -> 18;
            case FLASH_STARTED -> 19;
            case FLASH_ENDED -> 20;
            case LIVE_STARTED -> 21;
            case LIVE_ENDED -> 22;
            case SHARE_OPENED -> 23;
            case PRODUCT_VIEWED -> 24;
            case CART_ADDED -> 25;
            case ORDER_CREATED -> 26;
            case ORDER_PAID -> 27;
            case ORDER_CANCELLED -> 28;
            case ORDER_REFUNDED -> 29;
            case SOURCE_HEARTBEAT -> 30;
        };
    }

    static int of(Role role) {
        return switch (role) {
            case CUSTOMER -> 1;
            case STAFF -> 2;
            case LEADER -> 3;
            case BOT -> 4;
        };
    }

    static EventType type(ByteSource in) {
        int code = in.octet();
        EventType type = code < TYPES.length ? TYPES[code] : null;
        if (type == null) {
            throw in.damaged("no event type has the number " + code);
        }
        return type;
    }

    static Role role(ByteSource in) {
        int code = in.octet();
        Role role = code < ROLES.length ? ROLES[code] : null;
        if (role == null) {
            throw in.damaged("no role has the number " + code);
        }
        return role;
    }
}
