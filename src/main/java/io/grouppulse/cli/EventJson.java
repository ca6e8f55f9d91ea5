package io.grouppulse.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.simulate.SimulatedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes events as the contract wants them: one JSON object, only the fields that say something. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    /** The event in UTF-8, without a line end. */
    static byte[] line(SimulatedEvent simulated) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            write(simulated.event(), json);
            text(json, "text", simulated.text());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(GroupEvent event, JsonGenerator json) throws IOException {
        json.writeStringField("id", event.id());
        json.writeStringField("type", event.type().wireName());
        json.writeNumberField("ts", event.ts());
        json.writeStringField("source", event.source());
        text(json, "group", event.group().isEmpty() ? null : event.group());
        text(json, "member", event.member());
        Role role = event.role();
        text(json, "role", role == null ? null : role.wireName());
        text(json, "order", event.order());
        if (event.hasAmount()) {
            json.writeNumberField("amount", event.amount());
        }
        text(json, "item", event.item());
        if (event.quantity() > 0) {
            json.writeNumberField("quantity", event.quantity());
        }
        text(json, "share", event.share());
        text(json, "inviter", event.inviter());
        text(json, "channel", event.channel());
        text(json, "campaign", event.campaign());
        text(json, "reason", event.reason());
        text(json, "target", event.target());
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }
}
