package io.grouppulse.ingest.decode;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as JSON, with ' for ". */
final class EventJson {
    private EventJson() {}

    /** An event with the required fields of its type and some that it may have, less one. */
    static String minimal(EventType type, Field omitted) {
        StringBuilder json = new StringBuilder("{");
        for (Field field : Field.values()) {
            boolean required = (Field.required(type) & field.bit()) != 0;
            if (required && field != omitted) {
                String value = switch (field) {
                    case TYPE -> "'" + type.wireName() + "'";
                    case TS, AMOUNT -> "1700000000000";
                    default -> "'x'";
                };
                json.append(json.length() > 1 ? "," : "")
                        .append('\'')
                        .append(field.wireName())
                        .append("':")
                        .append(value);
            }
        }
        return json.append('}').toString();
    }

    /** The fields that an event states. */
    static Map<String, Object> fields(GroupEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", event.source());
        fields.put("id", event.id());
        fields.put("type", event.type().wireName());
        fields.put("ts", event.ts());
        put(fields, "group", event.group().isEmpty() ? null : event.group());
        put(fields, "member", event.member());
        put(fields, "role", event.role() == null ? null : event.role().wireName());
        put(fields, "order", event.order());
        put(fields, "amount", event.hasAmount() ? event.amount() : null);
        put(fields, "item", event.item());
        put(fields, "quantity", event.quantity() == 0 ? null : event.quantity());
        put(fields, "share", event.share());
        put(fields, "inviter", event.inviter());
        put(fields, "channel", event.channel());
        put(fields, "campaign", event.campaign());
        put(fields, "reason", event.reason());
        put(fields, "target", event.target());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
