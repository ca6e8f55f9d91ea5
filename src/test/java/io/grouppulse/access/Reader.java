package io.grouppulse.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A credential as a test has it. */
record Reader(String scope, @Nullable List<String> orgs) {
    private static final List<String> SCOPES = List.of("read", "ingest", "admin", "admin read", "ingest read");

    String token() {
        return SignedTokens.token("reader", scope, orgs);
    }

    boolean has(String right) {
        return List.of(scope.split(" ", -1)).contains(right);
    }

    /** By the names of the path, one by one. */
    boolean covers(String path) {
        return orgs == null || orgs.stream().anyMatch(top -> startsWith(path.split("/", -1), top.split("/", -1)));
    }

    private static boolean startsWith(String[] path, String[] top) {
        return path.length >= top.length && Arrays.equals(path, 0, top.length, top, 0, top.length);
    }

    boolean sees(String group) {
        return orgs == null
                || AccessStage.GROUPS.getOrDefault(group, List.of()).stream().anyMatch(this::covers);
    }

    /** Of every scope, each for several parts of the organisation, for none and for all. */
    static List<Reader> all() {
        List<Reader> readers = new ArrayList<>();
        for (String scope : SCOPES) {
            for (List<String> orgs :
                    List.of(List.of("a/1"), List.of("a/10"), List.of("b"), List.of("a/1", "b/2"), List.<String>of())) {
                readers.add(new Reader(scope, orgs));
            }
            readers.add(new Reader(scope, null));
        }
        return readers;
    }
}
