package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.NamedTests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/measures.md that says where each measure is served, held to both interface documents: what it says
 * is so, and it leaves no measure out; and each is held by tests that there are.
 */
class MeasureTableTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String NONE = "none: ";
    private static final String HEADING = "\n## Where each is served\n";

    /** The schemas whose fields are measures. */
    private static final List<String> OF_MEASURES = List.of(
            "WindowMeasures",
            "Today",
            "Funnel",
            "Rain",
            "Silence",
            "Totals",
            "Attribution",
            "People",
            "Membership",
            "Retention",
            "Cohort",
            "Repurchase",
            "Slot",
            "ConversionRow",
            "ReachRow",
            "Breadth",
            "Fission",
            "BoardList",
            "BoardRow",
            "ReferrerRow",
            "RainEpisode",
            "CampaignStanding");

    /** Fields that say what a row is about, or when. */
    private static final Set<String> NO_MEASURES = Set.of(
            "asOf",
            "scope",
            "items",
            "cursor",
            "from",
            "to",
            "by",
            "window",
            "period",
            "day",
            "slot",
            "start",
            "end",
            "group",
            "name",
            "item",
            "share",
            "channel",
            "referrer",
            "id",
            "org",
            "targets",
            "compareTo",
            "state");

    /** Topics whose data are declared field by field, and those that are as in the answer of a query. */
    private static final Map<String, String> DATA = Map.of("org", "OrgData", "group", "GroupData");

    private static final Map<String, String> AS_ANSWERED =
            Map.of("rain", "/rain", "board", "/boards/{kind}", "campaign", "/campaigns/{id}");

    private static JsonObject openApi;
    private static JsonObject asyncApi;
    private static List<Row> rows;

    private record Row(List<String> names, List<String> queries, String topics, String history) {}

    @BeforeAll
    static void read() throws IOException {
        openApi = InterfaceDocument.ofYaml(Files.readString(RESOURCES.resolve("openapi.yaml")))
                .content();
        asyncApi = InterfaceDocument.ofYaml(Files.readString(RESOURCES.resolve("asyncapi.yaml")))
                .content();
        rows = new ArrayList<>();
        String text = Files.readString(Path.of("docs", "measures.md"));
        String section = text.substring(text.indexOf(HEADING) + HEADING.length());
        section = section.substring(0, section.indexOf("\n## "));
        for (String line : section.split("\n", -1)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 7 && cells[1].contains("`")) {
                rows.add(new Row(quoted(cells[1]), quoted(cells[2]), cells[3].strip(), cells[4].strip()));
            }
        }
    }

    @Test
    void everyMeasureOfTheDocument_standsInTheTable() {
        Set<String> listed = new HashSet<>();
        rows.forEach(row -> listed.addAll(row.names()));
        Map<String, String> missing = new TreeMap<>();
        for (String schema : OF_MEASURES) {
            JsonObject found = schema(openApi, schema);
            assertThat(found).as(schema).isNotNull();
            for (String field : directFields(found)) {
                if (!listed.contains(field) && !NO_MEASURES.contains(field)) {
                    missing.put(field, schema);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(rows).hasSizeGreaterThan(25);
    }

    @Test
    void everyName_isInTheAnswerOfEachOfItsQueries() {
        for (Row row : rows) {
            assertThat(row.queries()).as("%s", row).isNotEmpty();
            for (String query : row.queries()) {
                assertThat(fieldsOf(answer(query))).as(query).containsAll(row.names());
            }
        }
    }

    @Test
    void everyName_isInTheDataOfEachOfItsTopics() {
        Pattern topics = Pattern.compile(schema(asyncApi, "Topic").getString("pattern"));
        for (Row row : rows) {
            if (row.topics().startsWith(NONE)) {
                continue;
            }
            assertThat(quoted(row.topics())).as("%s", row).isNotEmpty();
            for (String topic : quoted(row.topics())) {
                String kind = topic.contains(":") ? topic.substring(0, topic.indexOf(':')) : topic;
                String example = topic
                        + (kind.equals("group") || kind.equals("campaign") ? ":x" : ":")
                        + (kind.equals("report") || kind.equals("board") || kind.equals("rain") ? "org:bbg" : "")
                        + (kind.equals("board") ? ":today" : "");
                assertThat(example).matches(topics);
                if (DATA.containsKey(kind)) {
                    assertThat(fieldsIn(asyncApi, schema(asyncApi, DATA.getOrDefault(kind, ""))))
                            .as(topic)
                            .containsAll(row.names());
                } else {
                    String report =
                            "/" + topic.replaceFirst("^report:", "").replaceFirst("^conversions-.*", "conversions");
                    assertThat(row.queries()).as("%s", row).contains(AS_ANSWERED.getOrDefault(kind, report));
                }
            }
        }
    }

    @Test
    void everyName_hasTheHistoryThatItIsSaidToHave() {
        JsonObject history =
                openApi.getJsonObject("paths").getJsonObject("/api/v1/history").getJsonObject("get");
        Pattern measures = Pattern.compile(
                parameter(history, "measures").getJsonObject("schema").getString("pattern"));
        for (Row row : rows) {
            if (row.history().startsWith(NONE)) {
                continue;
            }
            assertThat(quoted(row.history())).as("%s", row).isNotEmpty();
            for (String kind : quoted(row.history())) {
                if (kind.equals("minutes") || kind.equals("days")) {
                    String sibling = kind.equals("minutes") ? ",messages" : ",dau";
                    assertThat(row.names())
                            .as(kind)
                            .allSatisfy(name -> assertThat(name + sibling).matches(measures));
                } else {
                    assertThat(row.queries())
                            .as(kind)
                            .anySatisfy(query -> assertThat(parameter(operation(query), kind))
                                    .isNotEmpty());
                }
            }
        }
    }

    @Test
    void everyName_isHeldByTestsThatExist() throws IOException {
        Map<String, String> table = NamedTests.table(Path.of("docs", "measures.md"), "Where each is served");

        assertThat(table).hasSameSizeAs(rows);
        NamedTests.requireThatTheyExist(table);
    }

    /** A comma in a description that is not quoted ends it, and what follows becomes a key. */
    @Test
    void documents_haveNoDescriptionThatIsCutShort() {
        assertThat(keysIn(openApi)).noneMatch(key -> key.contains(" "));
        assertThat(keysIn(asyncApi)).noneMatch(key -> key.contains(" "));
    }

    private static Set<String> keysIn(Object part) {
        Set<String> keys = new TreeSet<>();
        if (part instanceof JsonArray list) {
            list.forEach(one -> keys.addAll(keysIn(one)));
        } else if (part instanceof JsonObject json) {
            json.forEach(entry -> {
                keys.add(entry.getKey());
                keys.addAll(keysIn(entry.getValue()));
            });
        }
        return keys;
    }

    private static List<String> quoted(String cell) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(cell);
        while (matcher.find()) {
            texts.add(matcher.group(1));
        }
        return texts;
    }

    private static JsonObject operation(String query) {
        JsonObject path = openApi.getJsonObject("paths").getJsonObject("/api/v1" + query);
        assertThat(path).as(query).isNotNull();
        return path.getJsonObject("get");
    }

    private static JsonObject answer(String query) {
        JsonObject content =
                operation(query).getJsonObject("responses").getJsonObject("200").getJsonObject("content");
        return content.getJsonObject("application/json").getJsonObject("schema");
    }

    private static JsonObject parameter(JsonObject operation, String name) {
        for (Object item : operation.getJsonArray("parameters", new JsonArray())) {
            if (name.equals(((JsonObject) item).getString("name"))) {
                return (JsonObject) item;
            }
        }
        return new JsonObject();
    }

    private static JsonObject schema(JsonObject document, String name) {
        return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    private static Set<String> directFields(JsonObject schema) {
        Set<String> fields = new TreeSet<>(
                schema.getJsonObject("properties", new JsonObject()).fieldNames());
        for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
            fields.addAll(((JsonObject) part)
                    .getJsonObject("properties", new JsonObject())
                    .fieldNames());
        }
        return fields;
    }

    private static Set<String> fieldsOf(JsonObject schema) {
        return fieldsIn(openApi, schema);
    }

    private static Set<String> fieldsIn(JsonObject document, JsonObject schema) {
        Set<String> fields = new TreeSet<>();
        gather(document, schema, fields, new HashSet<>());
        return fields;
    }

    private static void gather(JsonObject document, Object part, Set<String> fields, Set<String> seen) {
        if (part instanceof JsonArray list) {
            list.forEach(one -> gather(document, one, fields, seen));
        } else if (part instanceof JsonObject json) {
            fields.addAll(json.getJsonObject("properties", new JsonObject()).fieldNames());
            json.forEach(entry -> {
                if (entry.getKey().equals("$ref")) {
                    String name = entry.getValue().toString().replaceFirst("^.*/", "");
                    if (seen.add(name)) {
                        gather(document, schema(document, name), fields, seen);
                    }
                } else if (!entry.getKey().equals("example")) {
                    gather(document, entry.getValue(), fields, seen);
                }
            });
        }
    }
}
