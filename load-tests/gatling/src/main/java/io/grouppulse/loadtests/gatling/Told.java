package io.grouppulse.loadtests.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** What the server has acknowledged, by the minute: the numbers that its history must show, counted the plain way. */
final class Told {
    static final String MEASURES = "messages,ordersPaid,gmvPaid,active,buyers";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MINUTE = 60_000;

    private final TreeMap<Long, Minute> minutes = new TreeMap<>();
    private long events;

    private static final class Minute {
        private long messages;
        private long ordersPaid;
        private long gmvPaid;
        private final Set<String> active = new HashSet<>();
        private final Set<String> buyers = new HashSet<>();

        private boolean is(JsonNode bucket) {
            return bucket.path("messages").asLong(-1) == messages
                    && bucket.path("ordersPaid").asLong(-1) == ordersPaid
                    && bucket.path("gmvPaid").asLong(-1) == gmvPaid
                    && bucket.path("active").asLong(-1) == active.size()
                    && bucket.path("buyers").asLong(-1) == buyers.size();
        }

        @Override
        public String toString() {
            return "messages %d, ordersPaid %d, gmvPaid %d, active %d, buyers %d"
                    .formatted(messages, ordersPaid, gmvPaid, active.size(), buyers.size());
        }
    }

    synchronized void add(Batch batch) {
        for (Batch.Event event : batch.events()) {
            Minute minute = minutes.computeIfAbsent(Math.floorDiv(event.ts(), MINUTE) * MINUTE, ts -> new Minute());
            String membership = event.group() + "/" + event.member();
            minute.active.add(membership);
            if (event.isOrder()) {
                minute.ordersPaid++;
                minute.gmvPaid += event.amount();
                minute.buyers.add(membership);
            } else {
                minute.messages++;
            }
            events++;
        }
    }

    synchronized long events() {
        return events;
    }

    /** The first minute that anything was told of, and the end of the last. */
    synchronized long[] bounds() {
        return new long[] {minutes.firstKey(), minutes.lastKey() + MINUTE};
    }

    /** Where the history that the server answers first differs from this; empty if nowhere. */
    synchronized String difference(String history) {
        try {
            Set<Long> seen = new HashSet<>();
            for (JsonNode bucket : JSON.readTree(history).path("items")) {
                long ts = bucket.path("ts").asLong();
                seen.add(ts);
                Minute minute = minutes.getOrDefault(ts, new Minute());
                if (!minute.is(bucket)) {
                    return "minute " + ts + ": sent " + minute + "; the server says " + bucket;
                }
            }
            return seen.containsAll(minutes.keySet()) ? "" : "the server's history lacks minutes";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
