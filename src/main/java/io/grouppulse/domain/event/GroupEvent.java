package io.grouppulse.domain.event;

import org.jspecify.annotations.Nullable;

/**
 * One fact about a group, validated against the contract's field rules.
 *
 * @param source the producer; {@code id} is unique within it
 * @param ts when it happened, epoch milliseconds
 * @param group id of the group; empty for an order that names none (orders only)
 * @param member who did it; null only on operator and outcome events
 * @param role as stated by the event; null when it says nothing (a customer then)
 * @param order the shop's order id, on {@code order.*} only
 * @param amount minor units, {@link #NO_AMOUNT} when absent
 * @param quantity 0 when absent
 * @param reason on {@code member.left}: {@code self} or {@code removed}
 * @param target on {@code message.revoked}: id of the message taken back
 * @param chain on {@code chain.posted}: what its text said; the text itself is not kept
 */
public record GroupEvent(
        String source,
        String id,
        EventType type,
        long ts,
        String group,
        @Nullable String member,
        @Nullable Role role,
        @Nullable String order,
        long amount,
        @Nullable String item,
        int quantity,
        @Nullable String share,
        @Nullable String inviter,
        @Nullable String channel,
        @Nullable String campaign,
        @Nullable String reason,
        @Nullable String target,
        @Nullable ChainPost chain)
        implements GroupInput {

    public static final long NO_AMOUNT = -1;

    /** The same event of somebody else. */
    public GroupEvent withPeople(
            @Nullable String newMember, @Nullable String newInviter, @Nullable ChainPost newChain) {
        return new GroupEvent(
                source,
                id,
                type,
                ts,
                group,
                newMember,
                role,
                order,
                amount,
                item,
                quantity,
                share,
                newInviter,
                channel,
                campaign,
                reason,
                target,
                newChain);
    }

    public boolean hasAmount() {
        return amount != NO_AMOUNT;
    }
}
