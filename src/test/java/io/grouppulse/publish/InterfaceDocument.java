package io.grouppulse.publish;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;

/** An OpenAPI or AsyncAPI document, and what its schemas say of a value. */
public final class InterfaceDocument {
    private static final String COMPONENTS = "#/components/schemas/";

    private final JsonObject content;
    private final JsonObject definitions;

    private InterfaceDocument(JsonObject content) {
        this.content = content;
        String schemas =
                content.getJsonObject("components").getJsonObject("schemas").encode();
        this.definitions = new JsonObject(schemas.replace(COMPONENTS, "#/$defs/"));
    }

    public static InterfaceDocument ofYaml(String yaml) throws IOException {
        return new InterfaceDocument(
                new JsonObject(new YAMLMapper().readTree(yaml).toString()));
    }

    public JsonObject content() {
        return content;
    }

    /** What is wrong with the value by a named schema; empty if nothing is. */
    public String faults(String schema, Object value) {
        JsonObject whole = new JsonObject().put("$ref", "#/$defs/" + schema).put("$defs", definitions);
        OutputUnit result = Validator.create(
                        JsonSchema.of(whole),
                        new JsonSchemaOptions()
                                .setDraft(Draft.DRAFT202012)
                                .setBaseUri("https://grouppulse.invalid/")
                                .setOutputFormat(OutputFormat.Basic))
                .validate(value);
        return Boolean.TRUE.equals(result.getValid()) ? "" : result.getErrors() + " in " + value;
    }
}
