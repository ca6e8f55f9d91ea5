package io.grouppulse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that tables of the docs name: in the last column, by class or by class and method. */
public final class NamedTests {
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\|.*\\| ([^|]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");
    private static final Pattern IS_TEST = Pattern.compile("@(Test|ParameterizedTest|Property|TestFactory)\\b");

    private NamedTests() {}

    /** The first column of the table under a heading, and its last one. */
    public static Map<String, String> table(Path document, String heading) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf("## " + heading + "\n");
        assertThat(begin).as("%s has the part %s", document, heading).isNotNegative();
        int end = text.indexOf("\n## ", begin);
        Matcher row = ROW.matcher(end < 0 ? text.substring(begin) : text.substring(begin, end));
        Map<String, String> table = new LinkedHashMap<>();
        while (row.find()) {
            if (!row.group(1).equals("---")) {
                table.put(row.group(1), row.group(2));
            }
        }
        // the head of the table
        table.remove(table.keySet().stream().findFirst().orElse(""));
        return table;
    }

    /** Each row names one test at least, and each of them exists. */
    public static void requireThatTheyExist(Map<String, String> table) throws IOException {
        for (Map.Entry<String, String> row : table.entrySet()) {
            List<String> named = new ArrayList<>();
            Matcher name = NAME.matcher(row.getValue());
            while (name.find()) {
                named.add(name.group());
                String source = sourceOf(name.group(1));
                assertThat(source).as("%s of %s", name.group(), row.getKey()).containsPattern(IS_TEST);
                if (name.group(2) != null) {
                    assertThat(source)
                            .as("%s of %s", name.group(), row.getKey())
                            .contains("void " + name.group(2) + "(");
                }
            }
            assertThat(named).as(row.getKey()).isNotEmpty();
        }
    }

    private static String sourceOf(String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path found = files.filter(file -> file.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + testClass));
            return Files.readString(found);
        }
    }
}
