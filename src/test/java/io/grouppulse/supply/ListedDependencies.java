package io.grouppulse.supply;

import io.grouppulse.supply.Sbom.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/dependencies.md. */
final class ListedDependencies {
    private static final Path FILE = Path.of("docs", "dependencies.md");
    private static final Pattern ARTIFACT = Pattern.compile("`([^`:]+:[^`]+)`");

    private ListedDependencies() {}

    /** Artifacts, version, licences, and what they are here for; the first cell is empty. */
    static List<String[]> rows() throws IOException {
        return Files.readAllLines(FILE).stream()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 6 && ARTIFACT.matcher(cells[1]).find())
                .toList();
    }

    static List<Component> components() throws IOException {
        List<Component> listed = new ArrayList<>();
        for (String[] cells : rows()) {
            Matcher artifact = ARTIFACT.matcher(cells[1]);
            while (artifact.find()) {
                listed.add(new Component(artifact.group(1), cells[2].strip(), cells[3].strip()));
            }
        }
        return listed;
    }
}
