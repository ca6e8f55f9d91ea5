package io.grouppulse.supply;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The SBOM that the build writes with its profile sbom. */
final class Sbom {
    private static final Path FILE = Path.of("target", "grouppulse.cdx.json");
    private static final String CLASSIFIER = "classifier=";

    private Sbom() {}

    /**
     * A jar as the SBOM and the list of dependencies know it.
     *
     * @param artifact {@code group:name}, and {@code :classifier} where it has one
     * @param licences sorted, joined by commas
     */
    record Component(String artifact, String version, String licences) {}

    static JsonObject read() throws IOException {
        return new JsonObject(Files.readString(FILE));
    }

    static List<Component> components() throws IOException {
        JsonArray components = read().getJsonArray("components");
        return IntStream.range(0, components.size())
                .mapToObj(i -> component(components.getJsonObject(i)))
                .toList();
    }

    private static Component component(JsonObject json) {
        TreeSet<String> licences = json.getJsonArray("licenses").stream()
                .map(choice -> ((JsonObject) choice).getJsonObject("license"))
                .map(licence -> licence.getString("id", licence.getString("name")))
                .collect(Collectors.toCollection(TreeSet::new));
        String name = json.getString("group") + ":" + json.getString("name") + classifier(json.getString("purl"));
        return new Component(name, json.getString("version"), String.join(", ", licences));
    }

    private static String classifier(String packageUrl) {
        int at = packageUrl.indexOf(CLASSIFIER);
        return at < 0
                ? ""
                : ":" + packageUrl.substring(at + CLASSIFIER.length()).split("&", -1)[0];
    }
}
