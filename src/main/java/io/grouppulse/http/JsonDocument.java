package io.grouppulse.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;

/**
 * A JSON object whose fields are not all known beforehand. A field given twice makes it none: a signature covers both, and of
 * two readers one may take the first and the other the last. Numbers with a point or an exponent are decimals as they stand:
 * as doubles they would be rounded before anyone could see that they are no amount.
 */
public final class JsonDocument {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private JsonDocument() {}

    private static final class ExactParser extends JsonParserDelegate {
        ExactParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public Number getNumberValue() throws IOException {
            return currentToken() == JsonToken.VALUE_NUMBER_FLOAT ? getDecimalValue() : super.getNumberValue();
        }
    }

    /** Reads the text, which must be one object. */
    public static JsonObject read(String text) throws BadInput {
        try (JsonParser parser = new ExactParser(FACTORY.createParser(text))) {
            if (JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException | IOException | NumberFormatException e) {
            // the same answer as to JSON that is no object; an exponent that no decimal can have is not a number's
            // format
        }
        throw BadInput.malformed("expected one JSON object in which no field is given twice");
    }
}
