package io.grouppulse.domain.org.silence;

/**
 * What a group of a sale did not do while the others were at it.
 *
 * @param since end of its newest active minute in the sale, or the sale's start; epoch millis
 * @param expected interactions that the others give reason to expect since then, at least
 * @param probability of no activity for so long
 * @param silentAt when that was found too improbable, epoch millis; {@link Long#MAX_VALUE} while it is not
 */
public record PeerGap(long since, double expected, double probability, long silentAt) {
    public boolean isSilent() {
        return silentAt != Long.MAX_VALUE;
    }
}
