package io.grouppulse.loadtests;

import java.util.SplittableRandom;

/**
 * What memory alone makes of a number of groups: so many states of 512 bytes, of which an event looks one up and adds to
 * each of its 8 cache lines. What this grows by from few groups to many is what the caches' misses explain.
 */
final class MemoryTouch {
    private static final int LONGS = 64;
    private static final int LONGS_A_LINE = 8;
    private static final int EVENTS = 2_000_000;
    private static final int MOST = 1_000_000;

    private MemoryTouch() {}

    static double nanosAnEvent(int groups) {
        long[][] states = new long[Math.min(groups, MOST)][LONGS];
        SplittableRandom random = new SplittableRandom(5);
        touch(states, random);
        Meter meter = new Meter();
        meter.start();
        touch(states, random);
        meter.stop();
        return (double) meter.nanos() / EVENTS;
    }

    private static void touch(long[][] states, SplittableRandom random) {
        double log = Math.log(states.length);
        for (int event = 0; event < EVENTS; event++) {
            int group = (int) Math.min(states.length - 1, Math.exp(random.nextDouble() * log));
            long[] state = states[group];
            for (int at = 0; at < LONGS; at += LONGS_A_LINE) {
                state[at] += event;
            }
        }
    }
}
