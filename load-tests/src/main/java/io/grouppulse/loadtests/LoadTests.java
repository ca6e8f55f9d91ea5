package io.grouppulse.loadtests;

import java.util.Arrays;

/** The entry of every benchmark: its name first, then its options. */
public final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) {
        int code = 0;
        try {
            run(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            code = 2;
        } catch (Exception e) {
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }

    private static void run(String[] args) throws Exception {
        String name = args.length == 0 ? "" : args[0];
        Options options = new Options(args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length));
        switch (name) {
            case "ingest" -> IngestBench.run(options);
            case "latency" ->
                IngestBench.run(options.otherwise("subscribers", "1000").otherwise("rates", "10,50,80"));
            case "engine" -> EngineBench.run(options);
            case "window" -> WindowBench.run(options);
            case "peers" -> PeersBench.run(options);
            case "fanout" -> FanoutBench.run(options);
            case "table" -> Goals.table(options);
            case "scale" -> ScaleBench.run(options);
            case "nodes" -> NodesBench.run(options);
            case "memory" -> MemoryBench.run(options);
            case "silence" -> SilenceBench.run(options);
            case "sale-silence" -> SaleSilenceBench.run(options);
            case "deadlines" -> DeadlineBench.run(options);
            case "gatling" -> GatlingRun.run(options);
            case "screen" -> ScreenBench.run(options);
            case "fuzz" -> FuzzRun.run(options);
            default ->
                throw new IllegalArgumentException(
                        "Usage: load-tests/run ingest|engine|window|scale|nodes|memory|silence|sale-silence|deadlines|screen|fuzz|latency|peers|fanout|table|gatling [name=value ...]");
        }
    }
}
