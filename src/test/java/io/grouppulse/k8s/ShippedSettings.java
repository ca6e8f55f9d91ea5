package io.grouppulse.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The settings file, the command and the variables that an overlay gives the program. */
public final class ShippedSettings {
    private static final Path OVERLAYS = Path.of("k8s", "overlays");

    private ShippedSettings() {}

    static JsonNode of(String overlay) {
        return Kustomization.documents(OVERLAYS.resolve(overlay).resolve("grouppulse.yaml"))
                .get(0);
    }

    /** The full names of all keys, such as {@code http.port}. */
    public static List<String> keys(String overlay) {
        List<String> keys = new ArrayList<>();
        collect("", of(overlay), keys);
        return keys;
    }

    /** The names of the program's own variables. */
    public static List<String> variables(String overlay) {
        return StreamSupport.stream(container(overlay).path("env").spliterator(), false)
                .map(variable -> variable.path("name").asText())
                .filter(name -> name.startsWith("GROUPPULSE_"))
                .toList();
    }

    /** The command with its arguments. */
    public static List<String> arguments(String overlay) {
        return StreamSupport.stream(container(overlay).path("args").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode container(String overlay) {
        return new Kustomization(OVERLAYS.resolve(overlay))
                .objects().stream()
                        .filter(object -> object.path("kind").asText().equals("StatefulSet")
                                && object.at("/metadata/name").asText().equals("grouppulse"))
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/template/spec/containers/0");
    }

    private static void collect(String prefix, JsonNode node, List<String> keys) {
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                collect(prefix + entry.getKey() + ".", entry.getValue(), keys);
            } else {
                keys.add(prefix + entry.getKey());
            }
        });
    }
}
