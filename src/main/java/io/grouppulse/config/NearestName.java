package io.grouppulse.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that someone most likely meant. */
public final class NearestName {
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The known name with the fewest edits to the given one, case left aside; its section may be left out.
     *
     * @param known at least one name
     */
    public static String to(String name, Collection<String> known) {
        String given = fold(name);
        return known.stream()
                .min(Comparator.<String>comparingInt(candidate -> edits(given, fold(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static String fold(String name) {
        return name.substring(0, Math.min(LONGEST, name.length())).toLowerCase(Locale.ROOT);
    }

    private static int edits(String given, String known) {
        int whole = distance(given, known);
        int dot = known.lastIndexOf('.');
        return dot < 0 ? whole : Math.min(whole, 1 + distance(given, known.substring(dot + 1)));
    }

    /** Insertions, deletions, replacements and swaps of neighbours, each counted as one. */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
