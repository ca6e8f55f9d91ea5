package io.grouppulse.oracle;

import io.grouppulse.domain.time.WindowSpec;
import java.time.ZoneId;
import java.util.List;

/**
 * The settings that measures depend on.
 *
 * @param zone where days begin
 * @param conversionWindowMillis A, the longest way from a touch to the payment it led to
 */
public record OracleSettings(ZoneId zone, List<WindowSpec> windows, long conversionWindowMillis) {

    /** A message can be taken back this long after it was sent, inclusive. */
    static final long REVOKE_MILLIS = 120_000;

    static final long MINUTE_MILLIS = 60_000;

    public OracleSettings {
        windows = List.copyOf(windows);
    }

    /** What the contract sets when nothing is configured. */
    public static OracleSettings defaults() {
        return new OracleSettings(
                ZoneId.of("Asia/Shanghai"),
                List.of(
                        WindowSpec.parse("1m/1s"),
                        WindowSpec.parse("5m/1s"),
                        WindowSpec.parse("30m/10s"),
                        WindowSpec.parse("24h/10m")),
                30 * MINUTE_MILLIS);
    }
}
