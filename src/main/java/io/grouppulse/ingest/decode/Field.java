package io.grouppulse.ingest.decode;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.Names;
import io.grouppulse.domain.event.Role;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of an event with their rules; where several are at fault, the first in this order is named. */
enum Field {
    ID("id", 128),
    TYPE("type", "the name of an event type"),
    TS("ts", "whole epoch milliseconds from 0 to 253402300799999, or RFC 3339 with an offset"),
    SOURCE("source", 64),
    GROUP("group", 128),
    MEMBER("member", 128),
    ORDER("order", 128),
    AMOUNT("amount", "a whole number of minor units from 0 to 10000000000000000"),
    TARGET("target", 128),
    TEXT("text", "a string without unpaired surrogates"),
    ROLE("role", "one of customer, staff, leader, bot"),
    REASON("reason", "self or removed"),
    ITEM("item", 128),
    QUANTITY("quantity", "a whole number from 1 to 2147483647"),
    SHARE("share", 128),
    INVITER("inviter", 128),
    CHANNEL("channel", 64),
    CAMPAIGN("campaign", 128);

    static final int COUNT = values().length;
    static final long MAX_TS = 253_402_300_799_999L;
    static final long MAX_AMOUNT = 10_000_000_000_000_000L;

    private static final Map<String, Field> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::wireName, Function.identity()));
    private static final Map<EventType, Sets> BY_TYPE = new EnumMap<>(EventType.class);

    static {
        for (EventType type : EventType.values()) {
            BY_TYPE.put(type, new Sets(allowedOn(type), requiredOn(type)));
        }
    }

    private record Sets(int allowed, int required) {}

    private final String wireName;
    private final String rule;
    private final int maxLength;

    Field(String wireName, int maxLength) {
        this.wireName = wireName;
        this.rule = "a string of 1 to " + maxLength + " characters, no control characters or unpaired surrogates";
        this.maxLength = maxLength;
    }

    Field(String wireName, String rule) {
        this.wireName = wireName;
        this.rule = rule;
        this.maxLength = 0;
    }

    static @Nullable Field ofWireName(String name) {
        return BY_WIRE_NAME.get(name);
    }

    /** The fields that mean something on events of this type, as bits; others are ignored like unknown ones. */
    static int allowed(EventType type) {
        return sets(type).allowed;
    }

    /** The fields without which an event of this type says nothing, as bits. */
    static int required(EventType type) {
        return sets(type).required;
    }

    private static Sets sets(EventType type) {
        return Objects.requireNonNull(BY_TYPE.get(type));
    }

    String wireName() {
        return wireName;
    }

    String rule() {
        return rule;
    }

    /** Its place in arrays of values by field. */
    @SuppressWarnings("EnumOrdinal") // places and bits live only as long as one event
    int slot() {
        return ordinal();
    }

    int bit() {
        return 1 << slot();
    }

    boolean isNumber() {
        return this == TS || this == AMOUNT || this == QUANTITY;
    }

    /** Whether its values come again in other events; never so what a person may be known by. */
    boolean recurs() {
        return switch (this) {
            case TYPE, SOURCE, GROUP, ROLE, REASON, ITEM, SHARE, CHANNEL, CAMPAIGN -> true;
            default -> false;
        };
    }

    boolean acceptsNumber(long number) {
        return switch (this) {
            case TS -> number >= 0 && number <= MAX_TS;
            case AMOUNT -> number >= 0 && number <= MAX_AMOUNT;
            case QUANTITY -> number >= 1 && number <= Integer.MAX_VALUE;
            default -> false;
        };
    }

    boolean acceptsText(String text) {
        return switch (this) {
            case TYPE -> true;
            case TEXT -> Names.hasPairedSurrogates(text);
            case ROLE -> Role.ofWireName(text) != null;
            case REASON -> text.equals("self") || text.equals("removed");
            default -> maxLength > 0 && Names.isName(text, maxLength);
        };
    }

    private static int allowedOn(EventType type) {
        int fields = bits(ID, TYPE, TS, SOURCE);
        if (type == EventType.SOURCE_HEARTBEAT) {
            return fields;
        }
        fields |= bits(GROUP, MEMBER, ROLE, ITEM, QUANTITY, CAMPAIGN);
        fields |= type.isOrder() ? bits(ORDER, AMOUNT, SHARE, CHANNEL) : 0;
        return fields
                | switch (type) {
                    case MEMBER_JOINED -> bits(INVITER, CHANNEL);
                    case MEMBER_LEFT -> bits(REASON);
                    case MESSAGE_REVOKED -> bits(TARGET);
                    case CHAIN_POSTED -> bits(TEXT);
                    case SHARE_OPENED, PRODUCT_VIEWED -> bits(SHARE, CHANNEL);
                    case SHARE_POSTED, CART_ADDED -> bits(SHARE);
                    default -> 0;
                };
    }

    private static int requiredOn(EventType type) {
        int fields = bits(ID, TYPE, TS);
        fields |= type.needsGroup() ? bits(GROUP) : 0;
        fields |= type.needsMember() ? bits(MEMBER) : 0;
        fields |= type.isOrder() ? bits(ORDER) : 0;
        return fields
                | switch (type) {
                    case ORDER_REFUNDED -> bits(AMOUNT);
                    case MESSAGE_REVOKED -> bits(TARGET);
                    case CHAIN_POSTED -> bits(TEXT);
                    default -> 0;
                };
    }

    private static int bits(Field... fields) {
        return Arrays.stream(fields).mapToInt(Field::bit).sum();
    }
}
