package io.grouppulse.rollup;

import io.grouppulse.domain.org.silence.KnownOutages;
import io.grouppulse.domain.signal.silence.BlindTimes.Span;
import io.grouppulse.eventlog.Document;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be remembered of outages, as one document of the store, replaced as a whole. Blocks. */
public final class OutageDocument {
    private static final int VERSION = 1;

    private final Document document;
    private volatile KnownOutages found = KnownOutages.NONE;

    private OutageDocument(Document document) {
        this.document = document;
    }

    /** @throws IOException if the document cannot be read or is not what was written; the message names it */
    public static OutageDocument open(Document document) throws IOException {
        OutageDocument outages = new OutageDocument(document);
        outages.readAgain();
        return outages;
    }

    /** As {@link #open}, for what another monitor may have written since. */
    public void readAgain() throws IOException {
        byte[] bytes = document.read();
        try {
            found = bytes == null ? KnownOutages.NONE : ofJson(new JsonObject(Buffer.buffer(bytes)));
        } catch (RuntimeException e) {
            throw new IOException(
                    "the outages in " + document.place()
                            + " cannot be read: restore them, or move them away to start without",
                    e);
        }
    }

    /** By source, the time of the newest heartbeat that an earlier run had of it, epoch millis, as of when it was last read. */
    public Map<String, Long> heartbeats() {
        return found.heartbeats();
    }

    /** What it held when it was last read. */
    KnownOutages found() {
        return found;
    }

    /** Returns once it is durable. */
    void replace(KnownOutages outages) throws IOException {
        document.replace(toJson(outages).toBuffer().getBytes());
    }

    private static JsonObject toJson(KnownOutages outages) {
        JsonObject down = new JsonObject();
        outages.downSince().forEach(down::put);
        JsonObject heartbeats = new JsonObject();
        outages.heartbeats().forEach(heartbeats::put);
        JsonObject past = new JsonObject();
        outages.past().forEach((source, spans) -> {
            JsonArray array = new JsonArray();
            spans.forEach(span -> array.add(new JsonArray().add(span.from()).add(span.to())));
            past.put(source, array);
        });
        return new JsonObject()
                .put("version", VERSION)
                .put("seenUntil", outages.seenUntil())
                .put("downSince", down)
                .put("past", past)
                .put("heartbeats", heartbeats);
    }

    private static KnownOutages ofJson(JsonObject json) {
        if (json.getInteger("version") != VERSION) {
            throw new IllegalArgumentException("written by another version");
        }
        Map<String, List<Span>> past = new HashMap<>();
        JsonObject spans = json.getJsonObject("past");
        for (String source : spans.fieldNames()) {
            List<Span> list = new ArrayList<>();
            JsonArray array = spans.getJsonArray(source);
            for (int i = 0; i < array.size(); i++) {
                list.add(new Span(
                        array.getJsonArray(i).getLong(0), array.getJsonArray(i).getLong(1)));
            }
            past.put(source, list);
        }
        return new KnownOutages(
                json.getLong("seenUntil"),
                moments(json.getJsonObject("downSince")),
                past,
                // Documents of before 2026-11-26 know none.
                moments(json.getJsonObject("heartbeats", new JsonObject())));
    }

    private static Map<String, Long> moments(JsonObject bySource) {
        Map<String, Long> moments = new HashMap<>();
        bySource.fieldNames().forEach(source -> moments.put(source, bySource.getLong(source)));
        return moments;
    }
}
