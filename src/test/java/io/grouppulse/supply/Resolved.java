package io.grouppulse.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A jar that Maven has resolved in this build for the class path of the program.
 *
 * @param artifact {@code group:name}, and {@code :classifier} where it has one
 */
record Resolved(String artifact, String version, Path jar) {
    private static final Path LIST = Path.of("target", "dependencies.txt");

    static List<Resolved> all() throws IOException {
        return Files.readAllLines(LIST).stream()
                .map(String::strip)
                .filter(line -> line.contains(":jar:"))
                .map(Resolved::of)
                .toList();
    }

    /** {@code group:name:jar[:classifier]:version:scope:file}, and perhaps the name of its module. */
    private static Resolved of(String line) {
        String[] parts = line.split(" -- ", -1)[0].strip().split(":", 7);
        boolean classified = parts.length == 7;
        return new Resolved(
                parts[0] + ":" + parts[1] + (classified ? ":" + parts[3] : ""),
                parts[classified ? 4 : 3],
                Path.of(parts[parts.length - 1]));
    }
}
