package io.grouppulse.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An interface document as the server hands it out, and what its schemas say of values. */
final class Document {
    private static final String COMPONENTS = "#/components/schemas/";

    private final JsonObject content;
    private final JsonObject definitions;
    private final Map<String, Validator> validators = new ConcurrentHashMap<>();

    private Document(JsonObject content) {
        this.content = content;
        String schemas = content.getJsonObject("components")
                .getJsonObject("schemas")
                .encode()
                .replace(COMPONENTS, "#/$defs/");
        this.definitions = new JsonObject(schemas);
    }

    static Document read(Api api, String path) throws IOException, InterruptedException {
        JsonNode tree = new YAMLMapper().readTree(api.get(path).body());
        return new Document(new JsonObject(tree.toString()));
    }

    JsonObject content() {
        return content;
    }

    /** The object to which a local reference leads, or the object itself. */
    JsonObject resolve(JsonObject object) {
        String reference = object.getString("$ref");
        if (reference == null) {
            return object;
        }
        JsonObject found = content;
        for (String step : List.of(reference.substring(2).split("/", -1))) {
            found = found.getJsonObject(step);
        }
        return resolve(found);
    }

    /** What is wrong with the value by a named schema; empty if nothing is. */
    String faults(String schema, Object value) {
        return faults(new JsonObject().put("$ref", COMPONENTS + schema), value);
    }

    /** What is wrong with the value by a schema of this document; empty if nothing is. */
    String faults(JsonObject schema, Object value) {
        OutputUnit result = validators
                .computeIfAbsent(schema.encode().replace(COMPONENTS, "#/$defs/"), this::validator)
                .validate(value);
        return Boolean.TRUE.equals(result.getValid()) ? "" : result.getErrors() + " in " + value;
    }

    private Validator validator(String schema) {
        JsonObject whole = new JsonObject(schema).put("$defs", definitions);
        return Validator.create(
                JsonSchema.of(whole),
                new JsonSchemaOptions()
                        .setDraft(Draft.DRAFT202012)
                        .setBaseUri("https://grouppulse.invalid/")
                        .setOutputFormat(OutputFormat.Basic));
    }
}
