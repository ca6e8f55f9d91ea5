package io.grouppulse.loadtests;

import java.util.Arrays;

/** The entry of every benchmark: its name first, then its options. */
public final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "" : args[0];
        Options options = new Options(args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length));
        switch (name) {
            case "ingest" -> IngestBench.run(options);
            case "engine" -> EngineBench.run(options);
            case "memory" -> MemoryBench.run(options);
            default -> {
                System.err.println("Usage: load-tests/run ingest|engine|memory [name=value ...]");
                System.exit(2);
            }
        }
    }
}
