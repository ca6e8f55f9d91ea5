package io.grouppulse.domain.reach;

/**
 * What came of one share, summed over the groups in which it was posted.
 *
 * @param posts how often it was posted
 * @param groups in how many groups
 * @param openers distinct customers who opened it since, summed over groups
 * @param members customers who were in when it was first posted
 * @param leaves leaves within 30 minutes after it was posted, of anybody
 * @param orders paid orders that name it, since it was first posted; {@code gmv} their money in minor units
 * @param itemOrders all paid orders of its items in these groups since then; {@code itemGmv} their money
 */
public record ShareReach(
        long posts,
        long groups,
        long openers,
        long members,
        long leaves,
        long orders,
        long gmv,
        long itemOrders,
        long itemGmv) {

    public ShareReach plus(ShareReach other) {
        return new ShareReach(
                posts + other.posts,
                groups + other.groups,
                openers + other.openers,
                members + other.members,
                leaves + other.leaves,
                orders + other.orders,
                gmv + other.gmv,
                itemOrders + other.itemOrders,
                itemGmv + other.itemGmv);
    }
}
