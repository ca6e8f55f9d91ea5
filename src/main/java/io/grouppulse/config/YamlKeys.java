package io.grouppulse.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML into keys with dots, nested or not; tokens are read one by one, so nothing in a file can be made to multiply. */
final class YamlKeys {
    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final int DEEPEST = 8;

    private final YAMLParser parser;
    private final String file;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Set<String> sections = new HashSet<>();

    private YamlKeys(YAMLParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /**
     * @param file the name to tell the operator
     * @throws ConfigException if the text is no YAML mapping of known keys
     */
    static Map<String, Given> read(String text, String file) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlKeys keys = new YamlKeys(parser, file);
            keys.document();
            return keys.given;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigException(file + ":" + line + ": not valid YAML: " + onOneLine(e.getOriginalMessage()));
        } catch (YAMLException | IOException e) {
            throw new ConfigException(file + ": not valid YAML: " + onOneLine(String.valueOf(e.getMessage())));
        }
    }

    private void document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ConfigException(place() + ": expected 'key: value' lines");
        }
        mapping("", 1);
        if (parser.nextToken() != null) {
            throw new ConfigException(place() + ": expected one YAML document, found a second one");
        }
    }

    private void mapping(String prefix, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new ConfigException(place() + ": nested deeper than any key");
        }
        for (JsonToken token = parser.nextToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
            refuseAlias(prefix);
            String name = prefix + parser.currentName();
            value(name, parser.nextToken(), depth);
        }
    }

    private void value(String name, @Nullable JsonToken token, int depth) throws IOException {
        refuseAlias(name);
        if (token == JsonToken.START_OBJECT && Keys.find(name) == null) {
            section(name, depth);
        } else if (token == JsonToken.VALUE_NULL && Keys.isSection(name) && !Sections.isNamed(name)) {
            once(name, sections.add(name));
        } else {
            requireValue(name);
            put(name, token == JsonToken.START_ARRAY ? list(name) : scalar(name, token));
        }
    }

    private void section(String name, int depth) throws IOException {
        if (!Keys.isSection(name)) {
            Keys.requireKnown(name, place());
        }
        once(name, sections.add(name));
        int before = given.size();
        mapping(name + ".", depth + 1);
        if (Sections.isNamed(name) && given.size() == before) {
            requireValue(name);
        }
    }

    private void requireValue(String name) {
        if (Keys.isSection(name)) {
            throw new ConfigException(name + " (" + place() + ") is a section, expected keys in it: "
                    + String.join(", ", Keys.inside(name)));
        }
        Keys.requireKnown(name, place());
    }

    private void put(String name, String text) {
        Given before = given.put(name, new Given(name, text, place()));
        once(name, before == null);
    }

    private void once(String name, boolean isFirst) {
        if (!isFirst) {
            throw new ConfigException(name + " (" + place() + ") is given twice");
        }
    }

    private String list(String name) throws IOException {
        if (!Keys.takesList(name)) {
            throw new ConfigException(name + " (" + place() + "): expected one value, got a list");
        }
        List<String> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            refuseAlias(name);
            items.add(scalar(name, token));
        }
        return String.join(", ", items);
    }

    private String scalar(String name, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            throw new ConfigException(name + " (" + place() + ") has no value, expected " + Keys.allowed(name));
        }
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw new ConfigException(
                    name + " (" + place() + "): expected " + Keys.allowed(name) + ", got something else");
        }
        return parser.getText();
    }

    private void refuseAlias(String name) {
        if (parser.isCurrentAlias()) {
            throw new ConfigException(name + " (" + place() + "): YAML aliases are not supported, write the value out");
        }
    }

    private String place() {
        return file + ":" + parser.currentTokenLocation().getLineNr();
    }

    /** The parser's words without the lines that quote the file. */
    private static String onOneLine(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
