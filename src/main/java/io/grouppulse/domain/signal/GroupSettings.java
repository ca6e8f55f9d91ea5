package io.grouppulse.domain.signal;

import io.grouppulse.domain.time.WindowSpec;
import java.time.ZoneId;
import java.util.List;

/**
 * What the measures of every group depend on. Durations in millis.
 *
 * @param windows in the order in which readings list them
 * @param lateness how far behind T an event may come and still be exact everywhere
 * @param dedupTtl how long an event id is remembered, by the wall clock of its reception
 * @param conversionWindow the attribution window A
 * @param attributionClick how long before an order the share it names may have been opened
 * @param attributionView how long before an order a touch still points to its group
 * @param historyRetention how far back minute buckets go
 * @param orderRetention how long an order is remembered after its newest transition
 * @param activityDays over how many days of the zone, T's own included, every event of a customer is remembered
 */
public record GroupSettings(
        ZoneId zone,
        List<WindowSpec> windows,
        long lateness,
        long dedupTtl,
        long conversionWindow,
        long attributionClick,
        long attributionView,
        long historyRetention,
        long orderRetention,
        int activityDays) {

    /** A message can be taken back for this long. */
    public static final long REVOCATION = 120_000;

    private static final long DAY = 86_400_000;

    public GroupSettings {
        windows = List.copyOf(windows);
    }

    /** The values of the contract's configuration table. */
    public static GroupSettings defaults() {
        return new GroupSettings(
                ZoneId.of("Asia/Shanghai"),
                List.of(
                        WindowSpec.parse("1m/1s"),
                        WindowSpec.parse("5m/1s"),
                        WindowSpec.parse("30m/10s"),
                        WindowSpec.parse("24h/10m")),
                600_000,
                4 * 3_600_000L,
                1_800_000,
                24 * 3_600_000L,
                1_800_000,
                48 * 3_600_000L,
                15 * 86_400_000L,
                9);
    }

    /** What the form of a saved state depends on: one saved under another layout cannot be restored. */
    public String layout() {
        StringBuilder text = new StringBuilder("zone ").append(zone).append(", windows");
        windows.forEach(window -> text.append(' ')
                .append(window.width())
                .append('/')
                .append(window.slice())
                .append("ms"));
        return text.append(", conversion.window ")
                .append(conversionWindow)
                .append("ms, history.retention ")
                .append(historyRetention)
                .append("ms, dedup.ttl ")
                .append(dedupTtl)
                .append("ms")
                .toString();
    }

    /** Events older than this can no longer change what is settled: joins in time, distinct members of a minute. */
    public long settledBefore(long t) {
        return t - settling();
    }

    /** After so long without anything new a group has neither open windows nor minutes, nor anything left to settle, millis. */
    public long quietAfter() {
        long longest = Math.max(2 * DAY, historyRetention);
        for (WindowSpec window : windows) {
            longest = Math.max(longest, window.width());
        }
        return longest + 2 * conversionWindow + settling();
    }

    /** How long after it happened something can still change, millis. */
    public long settling() {
        return lateness + REVOCATION;
    }
}
