package io.grouppulse.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.grouppulse.domain.event.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document that people or programs wrote to be obeyed: unknown and repeated fields are errors, and every
 * value says what it must be. Faults name the field by its dotted path. A null value is an absent one.
 */
public final class StrictJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final int MAX_LONG_DIGITS = 18;
    private static final int MAX_SHOWN = 64;

    private final JsonParser parser;
    private String path = "";

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value of one field; false if there is no field of this name. */
    public interface Fields {
        boolean read(String name, StrictJson json) throws BadInput;
    }

    /** Reads one element of an array. */
    public interface Element {
        void read(StrictJson json) throws BadInput;
    }

    /** Reads the document, which must be one object. */
    public static void read(byte[] document, Fields fields) throws BadInput {
        String text = decode(document);
        try (JsonParser parser = FACTORY.createParser(text)) {
            StrictJson json = new StrictJson(parser);
            if (json.next() != JsonToken.START_OBJECT) {
                throw BadInput.malformed("expected a JSON object");
            }
            json.fields(fields);
            if (json.next() != null) {
                throw BadInput.malformed("something follows the object");
            }
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The value as an object; nothing is read if it is null. */
    public void object(Fields fields) throws BadInput {
        if (!isNull()) {
            require(parser.currentToken() == JsonToken.START_OBJECT, "an object");
            fields(fields);
        }
    }

    /** The value as an array of at most {@code max} elements; nothing is read if it is null. */
    public void array(int max, Element element) throws BadInput {
        if (isNull()) {
            return;
        }
        require(parser.currentToken() == JsonToken.START_ARRAY, "an array");
        for (int count = 1; next() != JsonToken.END_ARRAY; count++) {
            require(count <= max, "an array of at most " + max + " elements");
            element.read(this);
        }
    }

    /** The value as an array of distinct names of up to {@code maxLength} characters. */
    public List<String> names(int max, int maxLength) throws BadInput {
        Set<String> names = new LinkedHashSet<>();
        array(max, json -> {
            String name = json.name(maxLength);
            json.require(name != null && names.add(name), "an array of distinct strings");
        });
        return List.copyOf(names);
    }

    /** The value as a string of 1 to {@code maxLength} characters without control characters. */
    public @Nullable String name(int maxLength) throws BadInput {
        String text = text();
        require(
                text == null || Names.isName(text, maxLength),
                "a string of 1 to " + maxLength + " characters, no control characters or unpaired surrogates");
        return text;
    }

    /** The value as a string. */
    public @Nullable String text() throws BadInput {
        if (isNull()) {
            return null;
        }
        require(isText(), "a string");
        return string();
    }

    /** The value as a whole number. */
    public @Nullable Long integer(long min, long max) throws BadInput {
        if (isNull()) {
            return null;
        }
        String rule = "a whole number from " + min + " to " + max;
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, rule);
        String digits = string();
        require(digits.length() <= MAX_LONG_DIGITS, rule);
        long number = Long.parseLong(digits);
        require(number >= min && number <= max, rule);
        return number;
    }

    /** Whether the value is a string. */
    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** The fault that the value is not what it must be. */
    public BadInput fault(String rule) {
        return BadInput.badField(path, path + " must be " + rule);
    }

    /** Whether the value is null. */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void require(boolean holds, String rule) throws BadInput {
        if (!holds) {
            throw fault(rule);
        }
    }

    private void fields(Fields fields) throws BadInput {
        String outer = path;
        while (next() != JsonToken.END_OBJECT) {
            String name = string();
            String shown = Names.shown(name, MAX_SHOWN);
            next();
            path = outer.isEmpty() ? shown : outer + '.' + shown;
            if (!fields.read(name, this)) {
                throw BadInput.badField(path, "there is no field " + path);
            }
            path = outer;
        }
    }

    private @Nullable JsonToken next() throws BadInput {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private String string() throws BadInput {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static BadInput malformed(IOException e) {
        if (e instanceof JsonProcessingException fault && fault.getLocation() != null) {
            return BadInput.malformed("not valid JSON, or a field given twice, near character "
                    + fault.getLocation().getCharOffset());
        }
        return BadInput.malformed("not valid JSON");
    }

    private static String decode(byte[] document) throws BadInput {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadInput.malformed("not valid UTF-8");
        }
    }
}
