package io.grouppulse.publish.query;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A monitor of four shards that is told a history out of order, some of it twice, and is started anew in the middle. */
final class ServedHistory implements AutoCloseable {
    private static final long LATENESS = 600_000;
    private static final int DUPLICATE_PERCENT = 10;
    private static final int MOST_IN_A_BATCH = 400;

    private final Path dir;
    private MonitorInProcess monitor;

    private ServedHistory(Path dir, MonitorInProcess monitor) {
        this.dir = dir;
        this.monitor = monitor;
    }

    static ServedHistory start(Path dir) throws Exception {
        return new ServedHistory(dir, MonitorInProcess.start(dir, Map.of()));
    }

    /** Registers a group or a campaign. */
    void put(String path, String json) throws Exception {
        monitor.send("PUT", "/api/v1/" + path, json);
    }

    JsonObject get(String query) throws Exception {
        return monitor.get("/api/v1/" + query);
    }

    void take(List<GroupEvent> events, long seed) throws Exception {
        List<GroupEvent> arrivals = Disorder.shuffle(events, LATENESS, DUPLICATE_PERCENT, seed);
        List<List<GroupEvent>> batches = Disorder.batches(arrivals, MOST_IN_A_BATCH, seed);
        for (int i = 0; i < batches.size(); i++) {
            if (i == batches.size() / 2) {
                monitor.close();
                monitor = MonitorInProcess.start(dir, Map.of());
            }
            monitor.events(batches.get(i).stream().map(ServedHistory::line).collect(Collectors.joining("\n")));
        }
    }

    private static String line(GroupEvent event) {
        JsonObject json = new JsonObject()
                .put("source", event.source())
                .put("id", event.id())
                .put("type", event.type().wireName())
                .put("ts", event.ts())
                .put("group", event.group());
        put(json, "member", event.member());
        put(json, "order", event.order());
        put(json, "item", event.item());
        put(json, "share", event.share());
        put(json, "inviter", event.inviter());
        put(json, "channel", event.channel());
        return event.hasAmount() ? json.put("amount", event.amount()).encode() : json.encode();
    }

    private static void put(JsonObject json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    @Override
    public void close() {
        monitor.close();
    }
}
