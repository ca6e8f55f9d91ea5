package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the OWASP API Security Top 10 in the docs: all ten items, each with tests that exist. */
class OwaspTableTest {
    private static final Path DOCS = Path.of("docs", "security.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW = Pattern.compile("\\| (API\\d+) [^|]+\\| [^|]+\\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");
    private static final Pattern IS_TEST = Pattern.compile("@(Test|ParameterizedTest|Property|TestFactory)\\b");

    @Test
    void table_hasAllTenItems() throws IOException {
        assertThat(testsByItem().keySet())
                .containsExactlyInAnyOrder(
                        "API1", "API2", "API3", "API4", "API5", "API6", "API7", "API8", "API9", "API10");
    }

    @Test
    void eachItem_namesTestsThatExist() throws IOException {
        for (Map.Entry<String, String> item : testsByItem().entrySet()) {
            List<String> named = new ArrayList<>();
            Matcher name = NAME.matcher(item.getValue());
            while (name.find()) {
                named.add(name.group());
                String source = sourceOf(name.group(1));
                assertThat(source).as("%s of %s", name.group(), item.getKey()).containsPattern(IS_TEST);
                if (name.group(2) != null) {
                    assertThat(source)
                            .as("%s of %s", name.group(), item.getKey())
                            .contains("void " + name.group(2) + "(");
                }
            }
            assertThat(named).as(item.getKey()).isNotEmpty();
        }
    }

    private static Map<String, String> testsByItem() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DOCS));
        while (row.find()) {
            tests.put(row.group(1), row.group(2));
        }
        return tests;
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
