package io.grouppulse.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Finds the time of an event in its line, without reading the rest. */
final class EventTime {
    static final long NONE = Long.MIN_VALUE;

    private static final JsonFactory FACTORY = new JsonFactory();

    private EventTime() {}

    /** Epoch milliseconds, or {@link #NONE} if the line does not tell. */
    static long of(byte[] line) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean time = parser.currentName().equals("ts");
                JsonToken value = parser.nextToken();
                if (time) {
                    return millis(parser, value);
                }
                parser.skipChildren();
            }
            return NONE;
        } catch (IOException | DateTimeException e) {
            return NONE;
        }
    }

    private static long millis(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_STRING ->
                OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
            default -> NONE;
        };
    }
}
