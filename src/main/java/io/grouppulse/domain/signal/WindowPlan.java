package io.grouppulse.domain.signal;

import io.grouppulse.domain.time.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How the configured windows share panes: one ring for each slice width, finest first. The finest is always one
 * second and always carries a one-minute window of its own, the order rain's rate.
 */
public final class WindowPlan {
    private static final long FINEST = 1_000;
    private static final long RAIN = 60_000;

    private final long[] slices;
    private final long[][] widths;
    private final int[] ringOfWindow;
    private final int[] placeOfWindow;

    public WindowPlan(List<WindowSpec> windows) {
        TreeSet<Long> distinct = new TreeSet<>();
        distinct.add(FINEST);
        windows.forEach(window -> distinct.add(window.slice()));
        slices = distinct.stream().mapToLong(Long::longValue).toArray();
        List<List<Long>> widthsOfRing = new ArrayList<>();
        for (int ring = 0; ring < slices.length; ring++) {
            widthsOfRing.add(new ArrayList<>());
        }
        widthsOfRing.get(0).add(RAIN);
        ringOfWindow = new int[windows.size()];
        placeOfWindow = new int[windows.size()];
        for (int w = 0; w < windows.size(); w++) {
            int ring = new ArrayList<>(distinct).indexOf(windows.get(w).slice());
            List<Long> places = widthsOfRing.get(ring);
            int place = places.indexOf(windows.get(w).width());
            if (place < 0) {
                place = places.size();
                places.add(windows.get(w).width());
            }
            ringOfWindow[w] = ring;
            placeOfWindow[w] = place;
        }
        widths = widthsOfRing.stream()
                .map(places -> places.stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
    }

    int rings() {
        return slices.length;
    }

    long slice(int ring) {
        return slices[ring];
    }

    long[] widths(int ring) {
        return widths[ring];
    }

    int ringOfWindow(int window) {
        return ringOfWindow[window];
    }

    int placeOfWindow(int window) {
        return placeOfWindow[window];
    }

    int windows() {
        return ringOfWindow.length;
    }
}
