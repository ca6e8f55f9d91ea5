package io.grouppulse.domain.signal.orderrain;

/** Told of each customer's payment, and of each that turned out to have happened earlier or by somebody else. */
public interface PaymentListener {
    void onPaid(int member, long ts);

    void onUnpaid(int member, long ts);
}
