package io.grouppulse.domain.signal.groupbuy;

/**
 * The group-buys that were opened in a stretch of time, and what became of them.
 *
 * @param joined people who joined them, beside those who opened them
 * @param oneShort those that have not formed and had one person fewer than the smallest that ever formed of that item in
 *     the group; those of an item of which none formed are in no such number
 */
public record BuySum(long opened, long joined, long formed, long failed, long oneShort) {
    public static final BuySum NONE = new BuySum(0, 0, 0, 0, 0);

    public BuySum plus(BuySum other) {
        return new BuySum(
                opened + other.opened,
                joined + other.joined,
                formed + other.formed,
                failed + other.failed,
                oneShort + other.oneShort);
    }

    /** Neither formed nor failed yet. */
    public long open() {
        return opened - formed - failed;
    }
}
