package io.grouppulse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards against what Grafana takes, told by a schema of the parts they are made of. */
class GrafanaSchemaTest {
    private static final Validator SCHEMA = Validator.create(
            JsonSchema.of(resource("/grafana/dashboard.schema.json")),
            new JsonSchemaOptions()
                    .setDraft(Draft.DRAFT202012)
                    .setBaseUri("https://grouppulse.invalid/")
                    .setOutputFormat(OutputFormat.Basic));

    static Stream<String> dashboardNames() {
        return Shipped.dashboards().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void dashboard_isWhatGrafanaTakes(String name) {
        OutputUnit result = SCHEMA.validate(dashboard(name));
        assertThat(result.getValid()).as(() -> name + ": " + result.getErrors()).isTrue();
    }

    /** Grafana drops what it does not know without a word, so a misspelt key would do nothing: the schema refuses it. */
    @ParameterizedTest
    @MethodSource("dashboardNames")
    void keyThatGrafanaDoesNotKnow_isRefusedWhereverItStands(String name) {
        int objects = objectsOf(dashboard(name)).size();
        for (int i = 0; i < objects; i++) {
            JsonObject dashboard = dashboard(name);
            JsonObject changed = objectsOf(dashboard).get(i).put("misspelt", 1);
            assertThat(isTaken(dashboard)).as("%s", changed).isFalse();
        }
    }

    @Test
    void valuesThatGrafanaWouldNotTake_areRefused() {
        refuses(dashboard -> dashboard.put("schemaVersion", "39"));
        refuses(dashboard -> dashboard.put("uid", "with spaces"));
        refuses(dashboard -> dashboard.put("refresh", 10));
        refuses(dashboard -> dashboard.remove("templating"));
        refuses(dashboard -> panel(dashboard).put("type", "graph"));
        refuses(dashboard -> panel(dashboard).remove("gridPos"));
        refuses(dashboard -> panel(dashboard).put("datasource", "prometheus"));
        refuses(dashboard -> panel(dashboard).getJsonObject("gridPos").put("w", 25));
        refuses(dashboard -> panel(dashboard).getJsonObject("gridPos").put("x", -1));
        refuses(dashboard -> panel(dashboard).put("targets", new JsonArray()));
        refuses(dashboard ->
                panel(dashboard).getJsonArray("targets").getJsonObject(0).put("refId", ""));
        refuses(dashboard -> panel(dashboard)
                .getJsonObject("fieldConfig")
                .getJsonObject("defaults")
                .put("decimals", "2"));
        refuses(dashboard -> dashboard
                .getJsonObject("templating")
                .getJsonArray("list")
                .getJsonObject(0)
                .put("name", "a-b"));
    }

    private static void refuses(Consumer<JsonObject> change) {
        JsonObject dashboard = dashboard("live-sale.json");
        assertThat(isTaken(dashboard)).isTrue();
        change.accept(dashboard);
        assertThat(isTaken(dashboard)).as(dashboard::encode).isFalse();
    }

    private static boolean isTaken(JsonObject dashboard) {
        return SCHEMA.validate(dashboard).getValid();
    }

    /** The first that is no row. */
    private static JsonObject panel(JsonObject dashboard) {
        return dashboard.getJsonArray("panels").stream()
                .map(panel -> (JsonObject) panel)
                .filter(panel -> !panel.getString("type").equals("row"))
                .findFirst()
                .orElseThrow();
    }

    /** Itself and all objects in it, always in the same order. */
    private static List<JsonObject> objectsOf(Object value) {
        List<JsonObject> objects = new ArrayList<>();
        if (value instanceof JsonObject object) {
            objects.add(object);
            object.fieldNames().forEach(name -> objects.addAll(objectsOf(object.getValue(name))));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                objects.addAll(objectsOf(array.getValue(i)));
            }
        }
        return objects;
    }

    private static JsonObject dashboard(String name) {
        return new JsonObject(Shipped.json(Shipped.GRAFANA.resolve(name)).toString());
    }

    private static JsonObject resource(String name) {
        try (InputStream in = Objects.requireNonNull(GrafanaSchemaTest.class.getResourceAsStream(name), name)) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
