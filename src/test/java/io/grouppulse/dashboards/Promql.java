package io.grouppulse.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression refers to, found by its spelling; whether it is right is for Prometheus to say. */
final class Promql {
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern NUMBERED = Pattern.compile("\"(\\d+)\"");
    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\s*\\()?(\\{[^}]*})?");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

    private Promql() {}

    /** Metric names with their matchers, as they are written. */
    static Set<String> selectors(String expression) {
        // Strings may hold brackets of all kinds, so they are numbered while the rest is taken apart.
        List<String> strings = new ArrayList<>();
        String numbered = STRING.matcher(expression).replaceAll(found -> {
            strings.add(found.group());
            return "\"" + (strings.size() - 1) + "\"";
        });
        String plain =
                RANGE.matcher(LABEL_LIST.matcher(numbered).replaceAll(" ")).replaceAll(" ");
        Set<String> selectors = new LinkedHashSet<>();
        Matcher matcher = SELECTOR.matcher(plain);
        while (matcher.find()) {
            boolean called = matcher.group(2) != null;
            if (!called && !WORDS.contains(matcher.group(1))) {
                String matchers = matcher.group(3) == null ? "" : matcher.group(3);
                selectors.add(matcher.group(1)
                        + NUMBERED.matcher(matchers)
                                .replaceAll(found ->
                                        Matcher.quoteReplacement(strings.get(Integer.parseInt(found.group(1))))));
            }
        }
        return selectors;
    }

    static String metricOf(String selector) {
        int matchers = selector.indexOf('{');
        return matchers < 0 ? selector : selector.substring(0, matchers);
    }
}
