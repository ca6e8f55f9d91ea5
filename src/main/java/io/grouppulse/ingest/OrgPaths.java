package io.grouppulse.ingest;

import io.grouppulse.domain.event.Names;

/** What an organisation path may look like. */
public final class OrgPaths {
    /** The rule in words. */
    public static final String RULE = "an organisation path: 1 to 8 levels of 1 to 64 characters, separated by /";

    private static final int MAX_LEVELS = 8;
    private static final int MAX_LEVEL_LENGTH = 64;

    private OrgPaths() {}

    public static boolean isPath(String path) {
        int levels = 0;
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (++levels > MAX_LEVELS || !Names.isName(path.substring(from, to), MAX_LEVEL_LENGTH)) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }
}
