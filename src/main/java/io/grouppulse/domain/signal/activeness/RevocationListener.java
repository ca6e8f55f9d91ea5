package io.grouppulse.domain.signal.activeness;

/** Told of each customer's message that counts no more, or never did, because it was revoked. */
@FunctionalInterface
public interface RevocationListener {
    void onRevoked(int member, long ts);
}
