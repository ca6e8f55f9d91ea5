package io.grouppulse.access;

import static io.grouppulse.access.AccessStage.CAMPAIGNS;
import static io.grouppulse.access.AccessStage.GROUPS;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may ask what, written down here a second time. */
final class AccessRules {
    private static final List<String> ORGS = List.of("", "a", "a/1", "a/10", "b", "b/2");
    private static final Set<String> OF_ALL = Set.of("/metrics", "/api/v1/rejects", "/api/v1/sources");

    static final Set<String> OPEN =
            Set.of("/", "/feed", "/health/live", "/health/ready", "/openapi.yaml", "/asyncapi.yaml");

    private AccessRules() {}

    /** A request, and whether a reader of the right scope may ask it. */
    record Ask(String path, boolean allowed) {}

    /** What can be asked at a path of the document; an unknown path is nothing this test can tell the rule of. */
    static List<Ask> asks(String template, Reader reader) {
        return switch (template) {
            case "/api/v1/orgs" -> List.of(new Ask(template, true));
            case "/api/v1/orgs/{path}" -> orgs(reader, "/api/v1/orgs/", false);
            case "/api/v1/groups", "/api/v1/orders", "/api/v1/alerts", "/api/v1/campaigns" ->
                orgs(reader, template + "?org=", true);
            case "/api/v1/groups/{id}" ->
                GROUPS.keySet().stream()
                        .map(id -> new Ask("/api/v1/groups/" + id, reader.sees(id)))
                        .toList();
            case "/api/v1/rain",
                    "/api/v1/ledger",
                    "/api/v1/people",
                    "/api/v1/membership",
                    "/api/v1/slots",
                    "/api/v1/fission",
                    "/api/v1/conversions",
                    "/api/v1/reach",
                    "/api/v1/groupbuys",
                    "/api/v1/stimuli" -> scopes(reader, template + "?scope=");
            case "/api/v1/history", "/api/v1/breadth", "/api/v1/repurchase" ->
                Stream.concat(
                                scopes(reader, template + "?scope=").stream(),
                                campaigns(reader, template + "?scope=campaign:{id}").stream())
                        .toList();
            case "/api/v1/boards/{kind}" ->
                Stream.of("items", "referrers", "channels", "shares")
                        .flatMap(kind -> scopes(reader, "/api/v1/boards/" + kind + "?scope=").stream())
                        .toList();
            case "/api/v1/campaigns/{id}",
                    "/api/v1/campaigns/{id}/report",
                    "/api/v1/campaigns/{id}/report.html",
                    "/api/v1/campaigns/{id}/report.csv" -> campaigns(reader, template);
            default -> OF_ALL.contains(template) ? List.of(new Ask(template, reader.orgs() == null)) : List.of();
        };
    }

    private static List<Ask> campaigns(Reader reader, String template) {
        return CAMPAIGNS.entrySet().stream()
                .map(known -> new Ask(template.replace("{id}", known.getKey()), reader.covers(known.getValue())))
                .toList();
    }

    private static List<Ask> orgs(Reader reader, String before, boolean withRoot) {
        return ORGS.stream()
                .filter(org -> withRoot || !org.isEmpty())
                .map(org -> new Ask(before + org, org.isEmpty() || reader.covers(org)))
                .toList();
    }

    private static List<Ask> scopes(Reader reader, String before) {
        boolean oneRoot = reader.orgs() == null || reader.orgs().size() == 1;
        Stream<Ask> nodes =
                ORGS.stream().map(org -> new Ask(before + "org:" + org, org.isEmpty() ? oneRoot : reader.covers(org)));
        return Stream.concat(
                        nodes, GROUPS.keySet().stream().map(id -> new Ask(before + "group:" + id, reader.sees(id))))
                .toList();
    }

    /** The topics of a shape, of all that the stage has. */
    static List<String> topicsOf(String shape) {
        String closed = shape.startsWith("board:") ? shape.replaceAll(":\\.\\+$", ":5m") : shape;
        if (closed.startsWith("campaign:")) {
            return CAMPAIGNS.keySet().stream().map(id -> "campaign:" + id).toList();
        }
        if (closed.endsWith(":campaign:.+")) {
            return CAMPAIGNS.keySet().stream()
                    .map(id -> closed.replace(".+", id))
                    .toList();
        }
        return closed.contains(".+")
                ? GROUPS.keySet().stream().map(id -> closed.replace(".+", id)).toList()
                : closed.contains(".*")
                        ? ORGS.stream().map(org -> closed.replace(".*", org)).toList()
                        : List.of(closed);
    }

    static boolean maySee(String topic, Reader reader) {
        String kind = topic.substring(0, Math.max(0, topic.indexOf(':')));
        String name = topic.substring(topic.indexOf(':') + 1);
        return switch (kind) {
            case "org", "orders", "alerts" -> name.isEmpty() || reader.covers(name);
            case "group" -> reader.sees(name);
            case "campaign" -> reader.covers(CAMPAIGNS.getOrDefault(name, "?"));
            case "rain" -> maySeeScope(name, reader);
            case "report" -> maySeeScope(name.substring(name.indexOf(':') + 1), reader);
            case "board" -> maySeeScope(name.substring(name.indexOf(':') + 1, name.lastIndexOf(':')), reader);
            default -> reader.orgs() == null;
        };
    }

    private static boolean maySeeScope(String scope, Reader reader) {
        String name = scope.substring(scope.indexOf(':') + 1);
        if (scope.startsWith("group:")) {
            return reader.sees(name);
        }
        if (scope.startsWith("campaign:")) {
            return reader.covers(CAMPAIGNS.getOrDefault(name, "?"));
        }
        return name.isEmpty() ? reader.orgs() == null || reader.orgs().size() == 1 : reader.covers(name);
    }
}
