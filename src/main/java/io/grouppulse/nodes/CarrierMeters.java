package io.grouppulse.nodes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Messages between nodes. Thread-safe. */
public final class CarrierMeters {
    private final Counter sent;
    private final Counter received;
    private final Counter bytes;
    private final Counter refused;
    private final Timer answers;

    public CarrierMeters(MeterRegistry registry) {
        sent = messages(registry, "sent");
        received = messages(registry, "received");
        refused = messages(registry, "refused");
        bytes = Counter.builder("grouppulse.node.message.size")
                .description("Bytes of the messages that this node has sent to other nodes")
                .baseUnit("bytes")
                .register(registry);
        answers = Timer.builder("grouppulse.node.answer.duration")
                .description("Time from a question to another node to its answer")
                .register(registry);
    }

    private static Counter messages(MeterRegistry registry, String what) {
        return Counter.builder("grouppulse.node.messages")
                .description("Messages to and from other nodes; refused are those that this node cannot read")
                .tag("what", what)
                .register(registry);
    }

    void sent(int size) {
        sent.increment();
        bytes.increment(size);
    }

    void received() {
        received.increment();
    }

    void refused() {
        refused.increment();
    }

    void answered(long nanos) {
        answers.record(nanos, TimeUnit.NANOSECONDS);
    }
}
