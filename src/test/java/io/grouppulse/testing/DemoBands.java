package io.grouppulse.testing;

/**
 * Between what the root's measures of the demo lie at whatever moment it starts: what an operations lead would believe.
 * A sweep over starts at each hour of a week, and in the first minutes of a week and a month, kept to each band with room
 * on both sides.
 */
public enum DemoBands {
    /** About 0.28; just after midnight more, as yesterday then has most of the show in it. */
    STICKINESS_OF_YESTERDAY("stickiness of yesterday", 0.2, 0.65),
    /** About 0.35; in the first minutes of a day less, as few people have been there yet. */
    STICKINESS_OF_TODAY("stickiness of today", 0.005, 0.65),
    FILL("fill", 0.3, 0.9),
    RETENTION_1("retention after 1 day", 0.6, 0.98),
    RETENTION_7("retention after 7 days", 0.5, 0.95),
    /** Of yesterday: in the first minute of a day nobody need have left. */
    JOIN_LEAVE("joins per leave", 0.5, 12),
    K_FACTOR("K of yesterday", 0.5, 5),
    CONVERSION("conversion of 24 h", 0.1, 0.6),
    MATURED_CONVERSION("matured conversion of 5 min", 0.1, 0.6),
    ACTIVENESS("activeness of 5 min", 0.02, 0.3),
    LURKERS("lurkers since the start", 0.5, 0.98),
    /** Of the week that holds yesterday: this one may have begun a minute ago, and then nobody has bought twice in it. */
    REPURCHASE_OF_WEEK("repurchase of yesterday's week", 0.05, 0.6),
    REPURCHASE_OF_MONTH("repurchase of yesterday's month", 0.05, 0.6),
    GIFTS("gifts that sold", 0.05, 0.5),
    /** Of about 60 orders a slot. */
    LEAST_FIRST_MINUTE("least first-minute share", 0.01, 0.7),
    MOST_FIRST_MINUTE("most first-minute share", 0.01, 0.7),
    LEAST_HABIT("least habit share", 0.01, 0.7),
    MOST_HABIT("most habit share", 0.01, 0.7),
    RAINS("rains that ended", 4, 60),
    LONGEST_RAIN("minutes of the longest rain", 2, 30);

    private final String measure;
    private final double low;
    private final double high;

    DemoBands(String measure, double low, double high) {
        this.measure = measure;
        this.low = low;
        this.high = high;
    }

    public String measure() {
        return measure;
    }

    public double low() {
        return low;
    }

    public double high() {
        return high;
    }
}
