package io.grouppulse.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reject as one JSON object: the same in the file and in the answer. */
public final class RejectJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RejectJson() {}

    public static void write(JsonGenerator json, Reject reject) throws IOException {
        json.writeStartObject();
        json.writeNumberField("at", reject.at());
        json.writeStringField("source", reject.source());
        json.writeStringField("id", reject.id());
        json.writeStringField("code", reject.code().wireName());
        json.writeStringField("field", reject.field());
        json.writeStringField("detail", reject.detail());
        json.writeStringField("raw", reject.raw());
        json.writeEndObject();
    }

    /** The reject that a line of the file holds, or null if it was cut off or damaged. */
    static @Nullable Reject read(String line) {
        try (JsonParser json = FACTORY.createParser(line)) {
            return json.nextToken() == JsonToken.START_OBJECT ? read(json) : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Reject read(JsonParser json) throws IOException {
        long at = 0;
        String[] texts = new String[6];
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "at" -> at = json.getLongValue();
                case "source" -> texts[0] = json.getValueAsString();
                case "id" -> texts[1] = json.getValueAsString();
                case "code" -> texts[2] = json.getValueAsString();
                case "field" -> texts[3] = json.getValueAsString();
                case "detail" -> texts[4] = json.getValueAsString();
                case "raw" -> texts[5] = json.getValueAsString();
                default -> json.skipChildren();
            }
        }
        if (texts[0] == null || texts[2] == null || texts[4] == null) {
            return null;
        }
        Rejection.Code code = Rejection.Code.valueOf(texts[2].toUpperCase(java.util.Locale.ROOT));
        return new Reject(at, texts[0], texts[1], code, texts[3], texts[4], texts[5]);
    }
}
