package io.grouppulse.access;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a request needs.
 *
 * @param path exact, or with one {@code *}: for everything where it is last, else for one part of the path
 * @param target what of the organisation is asked about, and where the request says so
 */
record RouteRule(Set<HttpMethod> methods, String path, Right right, Target target) {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** Where a request says what it is about. */
    enum Target {
        /** In its path, after the prefix: an organisation path. */
        ORG_IN_PATH,
        /** In {@code org=}. */
        ORG_PARAMETER,
        /** In {@code scope=}. */
        SCOPE_PARAMETER,
        /** In its path: a group. */
        GROUP_IN_PATH,
        /** In its path: a campaign. */
        CAMPAIGN_IN_PATH,
        /** In each event or topic: decided where they are read. */
        EACH_PART,
        /** About all of the organisation. */
        WHOLE
    }

    /** First match counts. What is not listed under {@code /api} is refused to readers of a subtree. */
    private static final List<RouteRule> TABLE = List.of(
            new RouteRule(Set.of(HttpMethod.POST), "/api/v1/events", Right.INGEST, Target.EACH_PART),
            read("/api/v1/orgs", Target.ORG_IN_PATH),
            read("/api/v1/orgs/*", Target.ORG_IN_PATH),
            read("/api/v1/groups", Target.ORG_PARAMETER),
            read("/api/v1/groups/*", Target.GROUP_IN_PATH),
            read("/api/v1/orders", Target.ORG_PARAMETER),
            read("/api/v1/history", Target.SCOPE_PARAMETER),
            read("/api/v1/rain", Target.SCOPE_PARAMETER),
            read("/api/v1/ledger", Target.SCOPE_PARAMETER),
            read("/api/v1/boards/*", Target.SCOPE_PARAMETER),
            read("/api/v1/people", Target.SCOPE_PARAMETER),
            read("/api/v1/membership", Target.SCOPE_PARAMETER),
            read("/api/v1/repurchase", Target.SCOPE_PARAMETER),
            read("/api/v1/slots", Target.SCOPE_PARAMETER),
            read("/api/v1/breadth", Target.SCOPE_PARAMETER),
            read("/api/v1/fission", Target.SCOPE_PARAMETER),
            read("/api/v1/conversions", Target.SCOPE_PARAMETER),
            read("/api/v1/reach", Target.SCOPE_PARAMETER),
            read("/api/v1/groupbuys", Target.SCOPE_PARAMETER),
            read("/api/v1/stimuli", Target.SCOPE_PARAMETER),
            read("/api/v1/alerts", Target.ORG_PARAMETER),
            read("/api/v1/campaigns", Target.ORG_PARAMETER),
            read("/api/v1/campaigns/*/report", Target.CAMPAIGN_IN_PATH),
            read("/api/v1/campaigns/*/report.html", Target.CAMPAIGN_IN_PATH),
            read("/api/v1/campaigns/*/report.csv", Target.CAMPAIGN_IN_PATH),
            read("/api/v1/campaigns/*", Target.CAMPAIGN_IN_PATH),
            read("/api/v1/feed", Target.EACH_PART),
            read("/api/*", Target.WHOLE),
            read("/metrics", Target.WHOLE));

    private static final RouteRule CHANGE = new RouteRule(Set.of(), "/*", Right.ADMIN, Target.WHOLE);

    private static RouteRule read(String path, Target target) {
        return new RouteRule(READS, path, Right.READ, target);
    }

    /**
     * Whether everybody may ask: health, the interface documents, the files of the screens, which methods there are,
     * and callbacks, which are signed.
     */
    static boolean isOpen(HttpMethod method, String path) {
        if (method.equals(HttpMethod.OPTIONS) || path.startsWith("/callbacks/")) {
            return true;
        }
        boolean guarded = Stream.of("/api", "/metrics").anyMatch(at -> path.equals(at) || path.startsWith(at + "/"));
        return READS.contains(method) && !guarded;
    }

    /** What a request that is not open needs; changes need an administrator of everything unless said otherwise. */
    static RouteRule of(HttpMethod method, String path) {
        for (RouteRule rule : TABLE) {
            if (rule.methods.contains(method) && rule.matches(path)) {
                return rule;
            }
        }
        return READS.contains(method) ? read("/*", Target.WHOLE) : CHANGE;
    }

    private boolean matches(String candidate) {
        if (!path.contains("*")) {
            return candidate.equals(path);
        }
        int end = candidate.length() - suffix().length();
        return candidate.startsWith(prefix())
                && candidate.endsWith(suffix())
                && end >= prefix().length()
                && (suffix().isEmpty() || candidate.indexOf('/', prefix().length()) == end);
    }

    /** The path up to the part that names something. */
    String prefix() {
        return path.contains("*") ? path.substring(0, path.indexOf('*')) : path;
    }

    /** The path after that part. */
    String suffix() {
        return path.contains("*") ? path.substring(path.indexOf('*') + 1) : "";
    }
}
