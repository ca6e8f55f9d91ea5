package io.grouppulse.loadtests;

/** One act in a group, in the form that Flink's serialiser for plain objects likes best: public fields, no nulls. */
public final class PeerEvent {
    public String group = "";
    public String member = "";
    public long ts;
    public boolean paid;
    public long amount;

    public PeerEvent() {}

    PeerEvent(String group, String member, long ts, boolean paid, long amount) {
        this.group = group;
        this.member = member;
        this.ts = ts;
        this.paid = paid;
        this.amount = amount;
    }
}
