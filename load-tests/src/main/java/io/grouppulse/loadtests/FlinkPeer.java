package io.grouppulse.loadtests;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.RichSinkFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.slf4j.LoggerFactory;

/** Apache Flink in this process: parallelism one, state on the heap, objects reused, no checkpoints. */
@SuppressWarnings("deprecation") // the old source is the one with the least in its way
final class FlinkPeer {
    private static final int BATCH = 256;

    private static volatile PeerEvent[] events = {};
    private static volatile double before;
    private static volatile double after;

    private FlinkPeer() {}

    /** The sliding window of the library with an aggregate of sums and a set. */
    static double windowed(PeerEvent[] input, int widthSeconds) throws Exception {
        return run(input, widthSeconds, false);
    }

    /** A process function written by hand: a ring of slices a group, one timer a second while there is anything in it. */
    static double byHand(PeerEvent[] input, int widthSeconds) throws Exception {
        return run(input, widthSeconds, true);
    }

    private static double run(PeerEvent[] input, int widthSeconds, boolean byHand) throws Exception {
        events = input;
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.ERROR);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
        env.getConfig().enableObjectReuse();
        env.getConfig().setAutoWatermarkInterval(0);
        DataStream<PeerEvent> source = env.addSource(new Events(), TypeInformation.of(PeerEvent.class));
        if (byHand) {
            source.keyBy(event -> event.group)
                    .process(new ByHand(widthSeconds))
                    .returns(Long.class)
                    .addSink(new End());
        } else {
            source.keyBy(event -> event.group)
                    .window(SlidingEventTimeWindows.of(Duration.ofSeconds(widthSeconds), Duration.ofSeconds(1)))
                    .aggregate(new Sums(), new Tell())
                    .returns(Long.class)
                    .addSink(new End());
        }
        env.execute("peers");
        return after - before;
    }

    private static final class Events implements SourceFunction<PeerEvent> {
        private static final long serialVersionUID = 1;

        @Override
        public void run(SourceContext<PeerEvent> context) throws IOException {
            before = ProcessCpu.seconds();
            long newest = Long.MIN_VALUE;
            for (int i = 0; i < events.length; i++) {
                newest = Math.max(newest, events[i].ts);
                context.collectWithTimestamp(events[i], events[i].ts);
                if (i % BATCH == BATCH - 1) {
                    context.emitWatermark(new Watermark(newest - PeersBench.DISORDER - 1));
                }
            }
        }

        @Override
        public void cancel() {}
    }

    /** Ends after the last result; the cluster that is started and stopped for each job is not counted. */
    private static final class End extends RichSinkFunction<Long> {
        private static final long serialVersionUID = 1;

        @Override
        public void close() throws IOException {
            after = ProcessCpu.seconds();
        }
    }

    /** Acts of slices that are not over yet wait in the state, so that a result holds exactly its window. */
    private static final class ByHand extends KeyedProcessFunction<String, PeerEvent, Long> {
        private static final long serialVersionUID = 1;

        private final int width;
        private transient ValueState<ExactRing> state;

        ByHand(int width) {
            this.width = width;
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("ring", ExactRing.class));
        }

        @Override
        public void processElement(PeerEvent event, Context context, Collector<Long> out) throws Exception {
            ExactRing ring = state.value();
            if (ring == null) {
                ring = new ExactRing(width);
                state.update(ring);
            }
            ring.add(event);
            if (!ring.hasTimer) {
                ring.hasTimer = true;
                context.timerService().registerEventTimeTimer(Math.floorDiv(event.ts, 1_000) * 1_000 + 999);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) throws Exception {
            ExactRing ring = state.value();
            ring.close(Math.floorDiv(timestamp, 1_000), context.getCurrentKey());
            if (ring.isEmpty()) {
                ring.hasTimer = false;
            } else {
                context.timerService().registerEventTimeTimer(timestamp + 1_000);
            }
        }
    }

    /** What the library's window keeps for each of a group's overlapping windows. */
    public static final class Sum {
        public final HashSet<String> members = new HashSet<>();
        public long acts;
        public long orders;
        public long amount;
    }

    private static final class Sums implements AggregateFunction<PeerEvent, Sum, Sum> {
        private static final long serialVersionUID = 1;

        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public Sum add(PeerEvent event, Sum sum) {
            sum.acts++;
            sum.members.add(event.member);
            if (event.paid) {
                sum.orders++;
                sum.amount += event.amount;
            }
            return sum;
        }

        @Override
        public Sum getResult(Sum sum) {
            return sum;
        }

        @Override
        public Sum merge(Sum one, Sum other) {
            throw new UnsupportedOperationException("sliding windows are not merged");
        }
    }

    private static final class Tell extends ProcessWindowFunction<Sum, Long, String, TimeWindow> {
        private static final long serialVersionUID = 1;

        @Override
        public void process(String group, Context context, Iterable<Sum> sums, Collector<Long> out) {
            Sum sum = sums.iterator().next();
            Answers.tell(group, context.window().getEnd(), sum.acts, sum.members.size(), sum.orders, sum.amount);
        }
    }
}
