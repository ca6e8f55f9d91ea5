package io.grouppulse.domain.group;

import io.grouppulse.domain.time.WindowSpec;
import java.util.List;

/** A group is lively when at least 10 % of its members are active over five minutes, or 20 of them speak. */
final class LivelyRule {
    private static final long WIDTH = 300_000;
    private static final int SPEAKERS = 20;

    private LivelyRule() {}

    /** The window it looks at: five minutes, or the configured one that comes nearest. */
    static int windowOf(List<WindowSpec> windows) {
        int nearest = 0;
        for (int w = 1; w < windows.size(); w++) {
            if (distance(windows.get(w)) < distance(windows.get(nearest))) {
                nearest = w;
            }
        }
        return nearest;
    }

    private static long distance(WindowSpec window) {
        return Math.abs(window.width() - WIDTH);
    }

    static boolean isLively(long active, long speakers, long members) {
        return speakers >= SPEAKERS || (active > 0 && active * 10 >= members);
    }
}
