package io.grouppulse.laws;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.testing.MonitorApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The law of additivity: every number of an organisation node that is no ratio is the sum over its groups. */
final class OrgSums {
    private static final List<String> SUMMED = List.of("members", "windows", "today", "total", "rain");
    /** What a node forms anew from its groups: a number of like speakers, and its own three loudest. */
    private static final Set<String> NOT_SUMMED = Set.of("today.effectiveSpeakers", "today.top3Share.num");

    private static final double ROUNDING = 1e-9;

    private final MonitorApi api;
    private final Collection<JsonNode> groups;
    private final List<String> differences = new ArrayList<>();
    private int nodes;

    private OrgSums(MonitorApi api, Collection<JsonNode> groups) {
        this.api = api;
        this.groups = groups;
    }

    /** Reads all nodes, and compares each with these groups, which are all there are. */
    static OrgSums check(MonitorApi api, Collection<JsonNode> groups) throws IOException, InterruptedException {
        OrgSums sums = new OrgSums(api, groups);
        sums.visit("");
        return sums;
    }

    /** How many nodes there are, the root included. */
    int nodes() {
        return nodes;
    }

    List<String> differences() {
        return differences;
    }

    private void visit(String org) throws IOException, InterruptedException {
        nodes++;
        JsonNode node = api.get(org.isEmpty() ? "api/v1/orgs" : "api/v1/orgs/" + MonitorApi.encode(org));
        Map<String, Double> expected = new TreeMap<>();
        long count = 0;
        for (JsonNode group : groups) {
            if (isUnder(group, org)) {
                count++;
                SUMMED.forEach(part -> add(part, group.path(part), expected));
            }
        }
        expected.put("groups", (double) count);
        Map<String, Double> actual = new TreeMap<>();
        SUMMED.forEach(part -> add(part, node.path(part), actual));
        actual.put("groups", node.path("groups").path("total").doubleValue());
        compare(org, expected, actual);
        for (JsonNode child : node.path("children")) {
            visit(child.path("org").textValue());
        }
    }

    private static boolean isUnder(JsonNode group, String org) {
        for (JsonNode path : group.path("orgs")) {
            if (org.isEmpty()
                    || path.textValue().equals(org)
                    || path.textValue().startsWith(org + "/")) {
                return true;
            }
        }
        return false;
    }

    /** Adds all numbers of a tree under their dotted names, values of ratios and what is no sum left out. */
    private static void add(String name, JsonNode value, Map<String, Double> sums) {
        if (value.isNumber() && !name.endsWith(".value") && !NOT_SUMMED.contains(name)) {
            sums.merge(name, value.doubleValue(), Double::sum);
        }
        value.properties().forEach(field -> add(name + "." + field.getKey(), field.getValue(), sums));
    }

    private void compare(String org, Map<String, Double> expected, Map<String, Double> actual) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            double one = expected.getOrDefault(name, 0.0);
            double other = actual.getOrDefault(name, 0.0);
            if (Math.abs(one - other) > ROUNDING * Math.max(1, Math.abs(one))) {
                differences.add("org='%s' %s: groups sum to %s, node says %s".formatted(org, name, one, other));
            }
        }
    }
}
