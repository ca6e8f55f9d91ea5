package io.grouppulse.loadtests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What anything that reads these bytes as JSON must pay: Jackson's streaming parser over every token, each value decoded
 * to characters or a number, nothing kept and nothing allocated.
 */
final class BareParse {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static long read;

    private BareParse() {}

    /** CPU seconds of this thread for one pass. */
    static double cpuSeconds(byte[] bytes, int from, int to) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    read += parser.getTextCharacters()[parser.getTextOffset()];
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    read += parser.getLongValue();
                }
            }
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e9;
    }

    /** Depends on every value read, so that no reading can be left out. */
    static long read() {
        return read;
    }
}
