package io.grouppulse.ingest.decode;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Rejection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far from the monitor's T an event may lie to be taken at all.
 *
 * @param mode where T comes from at this moment
 * @param retention {@code history.retention} in milliseconds
 */
public record TimeRule(Supplier<Mode> mode, long retention) {
    private static final long MAX_AHEAD = 60_000;
    private static final long MAX_AHEAD_OF_REPLAY = 3_650L * 86_400_000;

    /** Where T comes from. */
    public enum Mode {
        SYSTEM,
        EVENT
    }

    /** The same rule for good. */
    public TimeRule(Mode mode, long retention) {
        this(() -> mode, retention);
    }

    /**
     * Why the event cannot be taken now, or null.
     *
     * @param t the monitor's T; {@link Long#MIN_VALUE} while there is none
     * @param wall the wall clock
     */
    public @Nullable Rejection check(GroupEvent event, long t, long wall) {
        return mode.get() == Mode.SYSTEM ? checkAgainst(event, t) : checkReplayed(event, Math.max(t, wall));
    }

    private @Nullable Rejection checkAgainst(GroupEvent event, long t) {
        if (event.ts() > t + MAX_AHEAD) {
            return reject(event, Rejection.Code.TOO_EARLY, "ts is more than 60 s ahead of " + t);
        }
        if (event.ts() < t - retention) {
            return reject(event, Rejection.Code.TOO_OLD, "ts is before " + (t - retention) + ", the start of history");
        }
        return null;
    }

    /** A replay sets T by its events: only a time that would end all replays is refused. */
    private static @Nullable Rejection checkReplayed(GroupEvent event, long t) {
        return event.ts() > t + MAX_AHEAD_OF_REPLAY
                ? reject(event, Rejection.Code.TOO_EARLY, "ts is more than 3650 days ahead of " + t)
                : null;
    }

    private static Rejection reject(GroupEvent event, Rejection.Code code, String detail) {
        return new Rejection(code, event.id(), "ts", detail);
    }
}
