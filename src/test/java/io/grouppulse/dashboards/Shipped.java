package io.grouppulse.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The files under {@code dashboards/} and {@code docs/runbooks/}, as read from the repository's root. */
final class Shipped {
    static final Path PROMETHEUS = Path.of("dashboards", "prometheus");
    static final Path PROMETHEUS_CONFIG = PROMETHEUS.resolve("prometheus.yml");
    static final Path RULES = PROMETHEUS.resolve("rules");
    static final Path RULE_TESTS = PROMETHEUS.resolve("tests");
    static final Path ALERTMANAGER_CONFIG = Path.of("dashboards", "alertmanager", "alertmanager.yml");
    static final Path GRAFANA = Path.of("dashboards", "grafana");
    static final Path RUNBOOKS = Path.of("docs", "runbooks");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Shipped() {}

    static List<Path> files(Path directory, String ending) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + ending)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    static JsonNode json(Path file) {
        return read(JSON, file);
    }

    /** The dashboards by file name. */
    static Map<String, JsonNode> dashboards() {
        Map<String, JsonNode> dashboards = new TreeMap<>();
        files(GRAFANA, ".json")
                .forEach(file -> dashboards.put(file.getFileName().toString(), json(file)));
        return dashboards;
    }

    /** Panels that show something, rows left out. */
    static List<JsonNode> panels(JsonNode dashboard) {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    static List<JsonNode> alerts() {
        return rules("alert");
    }

    static List<JsonNode> recordings() {
        return rules("record");
    }

    /** The cases of the rules' unit tests. */
    static List<JsonNode> ruleTests() {
        List<JsonNode> cases = new ArrayList<>();
        files(RULE_TESTS, ".yml").forEach(file -> yaml(file).path("tests").forEach(cases::add));
        return cases;
    }

    private static List<JsonNode> rules(String kind) {
        List<JsonNode> rules = new ArrayList<>();
        Consumer<JsonNode> keep = rule -> {
            if (rule.has(kind)) {
                rules.add(rule);
            }
        };
        files(RULES, ".yml")
                .forEach(file -> yaml(file)
                        .path("groups")
                        .forEach(group -> group.path("rules").forEach(keep)));
        return rules;
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
