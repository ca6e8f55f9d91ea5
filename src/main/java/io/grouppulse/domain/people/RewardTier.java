package io.grouppulse.domain.people;

import java.util.Comparator;
import java.util.List;

/**
 * What an inviter earns for each member won, from one number of them on.
 *
 * @param from members won before it applies
 * @param each minor units for each further one
 */
public record RewardTier(long from, long each) {
    /** @throws IllegalArgumentException if the text is not two whole numbers with a colon between them */
    public static RewardTier parse(String text) {
        if (!text.matches("[0-9]{1,9}:[0-9]{1,9}")) {
            throw new IllegalArgumentException("no tier: " + text);
        }
        int colon = text.indexOf(':');
        return new RewardTier(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    /** What so many members won earn under these tiers, which begin at 0, in minor units. */
    public static long accrued(List<RewardTier> tiers, long members) {
        List<RewardTier> rising = tiers.stream()
                .sorted(Comparator.comparingLong(RewardTier::from))
                .toList();
        long sum = 0;
        for (int i = 0; i < rising.size(); i++) {
            long end = i + 1 < rising.size() ? rising.get(i + 1).from : Long.MAX_VALUE;
            sum += Math.max(0, Math.min(members, end) - rising.get(i).from) * rising.get(i).each;
        }
        return sum;
    }
}
