package io.grouppulse.k8s;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A directory for {@code kubectl kustomize}, built as far as ours go, so that no kubectl is needed to test what comes out.
 * What it does not know it refuses, rather than build something else than kustomize would.
 */
final class Kustomization {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String FILE = "kustomization.yaml";
    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "namespace", "resources", "configMapGenerator", "patches", "images");

    private final Path directory;
    private final JsonNode says;

    Kustomization(Path directory) {
        this.directory = directory.normalize();
        says = documents(this.directory.resolve(FILE)).get(0);
        says.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new IllegalStateException(this.directory + ": " + field + " is more than this reading knows");
            }
        });
    }

    /** Everything that would be applied; generated ConfigMaps without the hash that kustomize adds to their names. */
    List<ObjectNode> objects() {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode resource : says.path("resources")) {
            Path path = directory.resolve(resource.asText());
            if (Files.isDirectory(path)) {
                objects.addAll(new Kustomization(path).objects());
            } else {
                documents(path).forEach(document -> objects.add((ObjectNode) document));
            }
        }
        says.path("configMapGenerator").forEach(generator -> objects.add(configMap(generator)));
        says.path("patches").forEach(patch -> patch(patch, objects));
        objects.forEach(this::image);
        objects.stream()
                .filter(object -> !object.path("kind").asText().equals("Namespace"))
                .forEach(object -> ((ObjectNode) object.path("metadata"))
                        .put("namespace", says.path("namespace").asText()));
        return objects;
    }

    /** The files that are read, the kustomization's own left out. */
    Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        says.path("resources").forEach(file -> files.add(directory.resolve(file.asText())));
        says.path("patches")
                .forEach(patch -> files.add(directory.resolve(patch.path("path").asText())));
        says.path("configMapGenerator")
                .forEach(generator ->
                        generator.path("files").forEach(file -> files.add(directory.resolve(file.asText()))));
        files.removeIf(Files::isDirectory);
        return files;
    }

    private ObjectNode configMap(JsonNode generator) {
        ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.path("name").asText());
        ObjectNode data = map.putObject("data");
        generator.path("files").forEach(file -> data.put(file.asText(), text(directory.resolve(file.asText()))));
        return map;
    }

    private void patch(JsonNode patch, List<ObjectNode> objects) {
        JsonNode target = patch.path("target");
        ObjectNode object = objects.stream()
                .filter(each -> each.path("kind").equals(target.path("kind"))
                        && each.path("metadata").path("name").equals(target.path("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(directory + " patches what is not there: " + target));
        documents(directory.resolve(patch.path("path").asText())).get(0).forEach(operation -> apply(operation, object));
    }

    /** {@code add} and {@code replace} of RFC 6902. */
    private void apply(JsonNode operation, ObjectNode object) {
        JsonPointer pointer = JsonPointer.compile(operation.path("path").asText());
        JsonNode parent = object.at(pointer.head());
        String last = pointer.last().getMatchingProperty();
        boolean isThere = !object.at(pointer).isMissingNode();
        if (!operation.path("op").asText().equals(isThere ? "replace" : "add")) {
            throw new IllegalStateException(directory + " cannot do " + operation);
        }
        if (parent instanceof ArrayNode list && last.equals("-")) {
            list.add(operation.path("value"));
        } else if (parent instanceof ObjectNode map) {
            map.set(last, operation.path("value"));
        } else {
            throw new IllegalStateException(directory + " cannot do " + operation);
        }
    }

    private void image(ObjectNode object) {
        Map<String, String> images = new TreeMap<>();
        says.path("images")
                .forEach(image -> images.put(
                        image.path("name").asText(),
                        image.path("newName").asText() + ":"
                                + image.path("newTag").asText()));
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            String name = container.path("image").asText();
            ((ObjectNode) container).put("image", images.getOrDefault(name, name));
        }
    }

    static List<JsonNode> documents(Path file) {
        try (YAMLParser parser = YAML.getFactory().createParser(file.toFile())) {
            List<JsonNode> documents = new ArrayList<>();
            while (parser.nextToken() != null) {
                documents.add(YAML.readTree(parser));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
