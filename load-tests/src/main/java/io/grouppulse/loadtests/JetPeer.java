package io.grouppulse.loadtests;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.WindowDefinition;
import java.io.IOException;

/** Hazelcast Jet in this process: one member, one cooperative thread, nothing that leaves the process. */
final class JetPeer implements AutoCloseable {
    private static final int BATCH = 256;

    private static volatile PeerEvent[] events = {};

    private final HazelcastInstance member;

    JetPeer() {
        System.setProperty("hazelcast.logging.type", "none");
        System.setProperty("hazelcast.phone.home.enabled", "false");
        Config config = new Config("peers");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.setProperty("hazelcast.partition.count", "3");
        member = Hazelcast.newHazelcastInstance(config);
    }

    /** The aggregate of the library's own parts, as its manual would have it. */
    static AggregateOperation1<PeerEvent, ?, Answers.Answer> ownParts() {
        return AggregateOperations.allOf(
                AggregateOperations.<PeerEvent>counting(),
                AggregateOperations.mapping((PeerEvent event) -> event.member, AggregateOperations.<String>toSet()),
                AggregateOperations.filtering(
                        (PeerEvent event) -> event.paid,
                        AggregateOperations.allOf(
                                AggregateOperations.<PeerEvent>counting(),
                                AggregateOperations.summingLong((PeerEvent event) -> event.amount))),
                (acts, members, paid) -> new Answers.Answer(acts, members.size(), paid.f0(), paid.f1()));
    }

    /** CPU seconds of this process from the start of the job to its end. */
    double run(PeerEvent[] input, int widthSeconds, AggregateOperation1<PeerEvent, ?, Answers.Answer> operation)
            throws IOException {
        events = input;
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(source())
                .setLocalParallelism(1)
                .addTimestamps(event -> event.ts, PeersBench.DISORDER)
                // all events of a group in one place from the start: one stage of aggregation instead of two
                .rebalance(event -> event.group)
                .groupingKey(event -> event.group)
                .window(WindowDefinition.sliding(widthSeconds * 1_000L, 1_000))
                .aggregate(operation)
                .setLocalParallelism(1)
                .writeTo(SinkBuilder.sinkBuilder("answers", context -> "")
                        .<com.hazelcast.jet.datamodel.KeyedWindowResult<String, Answers.Answer>>receiveFn(
                                (none, result) -> {
                                    Answers.Answer answer = result.result();
                                    Answers.tell(
                                            result.key(),
                                            result.end(),
                                            answer.acts(),
                                            answer.members(),
                                            answer.orders(),
                                            answer.amount());
                                })
                        .preferredLocalParallelism(1)
                        .build());
        double before = ProcessCpu.seconds();
        member.getJet().newJob(pipeline, new JobConfig().setName("peers")).join();
        return ProcessCpu.seconds() - before;
    }

    private static BatchSource<PeerEvent> source() {
        return SourceBuilder.batch("events", context -> new int[1])
                .<PeerEvent>fillBufferFn((at, buffer) -> {
                    int end = Math.min(events.length, at[0] + BATCH);
                    for (; at[0] < end; at[0]++) {
                        buffer.add(events[at[0]]);
                    }
                    if (at[0] == events.length) {
                        buffer.close();
                    }
                })
                .build();
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
