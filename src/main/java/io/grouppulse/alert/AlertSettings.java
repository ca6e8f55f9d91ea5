package io.grouppulse.alert;

import io.grouppulse.domain.time.DailyWindow;
import java.time.ZoneId;
import java.util.List;

/**
 * How alerts are told.
 *
 * @param groupWait how long the first of several alerts waits to be told with the others, millis
 * @param pending how long a source must be down, or a sale behind, before it is an alert, millis
 * @param salePace the least part of what is expected of a sale that is still well
 * @param mute when webhooks are told nothing
 * @param watchSources whether a source that sends nothing can be told from time that stands still
 */
public record AlertSettings(
        List<Receiver> receivers,
        long groupWait,
        long pending,
        double salePace,
        List<DailyWindow> mute,
        ZoneId zone,
        boolean watchSources) {
    public AlertSettings {
        receivers = List.copyOf(receivers);
        mute = List.copyOf(mute);
    }
}
