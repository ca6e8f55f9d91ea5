package io.grouppulse.laws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.testing.MonitorApi.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Events as the bodies of requests, in every form that the monitor takes. */
public final class EventBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The forms of a body. */
    public enum Form {
        LINES,
        ZIPPED_LINES,
        ARRAY,
        CLOUD_EVENTS
    }

    private EventBodies() {}

    public static Body body(List<GroupEvent> events, Form form) {
        return switch (form) {
            case LINES -> new Body("application/x-ndjson", false, lines(events));
            case ZIPPED_LINES -> new Body("application/x-ndjson", true, zipped(lines(events)));
            case ARRAY -> new Body("application/json", false, array(events));
            case CLOUD_EVENTS -> new Body("application/cloudevents-batch+json", false, cloudEvents(events));
        };
    }

    private static byte[] lines(List<GroupEvent> events) {
        return utf8(events.stream().map(event -> json(event).toString()).collect(Collectors.joining("\n")));
    }

    private static byte[] array(List<GroupEvent> events) {
        ArrayNode array = JSON.createArrayNode();
        events.forEach(event -> array.add(json(event)));
        return utf8(array.toString());
    }

    private static byte[] cloudEvents(List<GroupEvent> events) {
        ArrayNode array = JSON.createArrayNode();
        for (GroupEvent event : events) {
            ObjectNode data = json(event);
            data.remove(List.of("id", "source", "type", "ts"));
            ObjectNode envelope = array.addObject()
                    .put("specversion", "1.0")
                    .put("id", event.id())
                    .put("source", event.source())
                    .put("type", event.type().wireName())
                    .put("time", Instant.ofEpochMilli(event.ts()).toString());
            envelope.set("data", data);
        }
        return utf8(array.toString());
    }

    private static ObjectNode json(GroupEvent event) {
        ObjectNode json = JSON.createObjectNode()
                .put("source", event.source())
                .put("id", event.id())
                .put("type", event.type().wireName())
                .put("ts", event.ts());
        put(json, "group", event.group().isEmpty() ? null : event.group());
        put(json, "member", event.member());
        put(json, "role", event.role() == null ? null : event.role().wireName());
        put(json, "order", event.order());
        put(json, "item", event.item());
        put(json, "share", event.share());
        put(json, "inviter", event.inviter());
        put(json, "channel", event.channel());
        put(json, "campaign", event.campaign());
        put(json, "reason", event.reason());
        put(json, "target", event.target());
        put(json, "text", event.chain() == null ? null : text(event.chain()));
        if (event.hasAmount()) {
            json.put("amount", event.amount());
        }
        if (event.quantity() > 0) {
            json.put("quantity", event.quantity());
        }
        return json;
    }

    /** A text in which heads and lines that differ stay different. */
    private static String text(ChainPost chain) {
        StringBuilder text = new StringBuilder("#接龙 list ").append(chain.head());
        for (int i = 0; i < chain.lines().size(); i++) {
            text.append('\n')
                    .append(i + 1)
                    .append(". entry ")
                    .append(chain.lines().get(i));
        }
        return text.toString();
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
