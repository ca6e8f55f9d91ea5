package io.grouppulse.domain.alert;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a running campaign stands.
 *
 * @param orgs organisation paths; empty for the whole organisation
 * @param elapsed how much of it is over, 0 to 1
 * @param marks by what it can be judged
 */
public record SaleStanding(String id, @Nullable String name, List<String> orgs, double elapsed, List<Mark> marks) {
    /** Before this part of a campaign is over, its pace says little. */
    static final double EARLIEST = 0.1;

    public SaleStanding {
        orgs = List.copyOf(orgs);
        marks = List.copyOf(marks);
    }

    /** What is measured. */
    public enum Measure {
        ORDERS,
        GMV
    }

    /**
     * @param reached orders, or money in minor units, up to now
     * @param expected what there should be by now
     * @param against where the expectation comes from, such as {@code target}; null where not all who read the alert may
     *     know that or what is expected
     */
    public record Mark(
            Measure measure,
            long reached,
            long expected,
            @Nullable String against) {
        boolean isBehind(double pace) {
            return expected > 0 && reached < pace * expected;
        }

        String text() {
            if (against == null) {
                return measure == Measure.ORDERS
                        ? "behind the orders of the campaign that it is compared with, saw " + reached
                        : "behind the GMV of the campaign that it is compared with, saw " + money(reached);
            }
            return measure == Measure.ORDERS
                    ? "expected " + expected + " orders by now (" + against + "), saw " + reached
                    : "expected GMV " + money(expected) + " by now (" + against + "), saw " + money(reached);
        }

        private static String money(long minor) {
            return String.format(Locale.ROOT, "%.2f", BigDecimal.valueOf(minor, 2));
        }
    }

    /**
     * What is wrong with it, or null.
     *
     * @param pace the least part of what is expected that is still well, 0 to 1
     */
    public @Nullable Condition behind(double pace) {
        List<Mark> missed = marks.stream().filter(mark -> mark.isBehind(pace)).toList();
        if (elapsed < EARLIEST || missed.isEmpty()) {
            return null;
        }
        String text = missed.stream().map(Mark::text).collect(Collectors.joining("; "));
        return new Condition(new AlertKey(AlertKind.SALE_BEHIND, id), name, orgs, null, text);
    }
}
