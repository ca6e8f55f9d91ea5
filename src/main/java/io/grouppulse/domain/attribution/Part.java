package io.grouppulse.domain.attribution;

/** What can become of an order with events that name no group. */
public enum Part {
    /** It counts in the one group that the member's touches point to. */
    ATTRIBUTED,
    /** The touches point to several groups. */
    AMBIGUOUS,
    /** No touch points anywhere. */
    UNATTRIBUTED,
    /** Another event of the same order names its group, so it is no order that names none. */
    NAMED
}
