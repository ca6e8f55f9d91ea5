package io.grouppulse.access;

/**
 * What a reader sees: readers with equal views see the same.
 *
 * @param ids whether ids of members and orders are shown as they are, rather than masked
 */
public record View(Reach reach, boolean ids) {
    /** Everything, with ids masked: what is seen where no credentials are asked for. */
    public static final View LOCAL = new View(Reach.WHOLE, false);
}
