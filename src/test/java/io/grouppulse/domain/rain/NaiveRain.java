package io.grouppulse.domain.rain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The definition of an episode, second by second and without any shortcut. */
public final class NaiveRain {
    private final Map<Long, Long> paid;
    private final long origin;
    private final List<RainEpisode> episodes = new ArrayList<>();
    private double lastBaseline;

    private NaiveRain(Map<Long, Long> paid, long origin) {
        this.paid = paid;
        this.origin = origin;
    }

    /** The episodes of [from, T], oldest first, as {@link RainEpisodes#find} must tell them. */
    public static List<RainEpisode> find(Map<Long, Long> paid, long from, long t) {
        NaiveRain rain = new NaiveRain(paid, from / 60_000 * 60_000);
        long second = rain.origin;
        while (second <= t) {
            if (rain.rate(second) >= Math.max(5, 3 * rain.baseline(second))) {
                second = rain.episodeFrom(second, t) + 1_000;
            } else {
                second += 1_000;
            }
        }
        return rain.episodes;
    }

    private long rate(long second) {
        long rate = 0;
        for (long at = second - 59_000; at <= second; at += 1_000) {
            rate += paid.getOrDefault(at, 0L);
        }
        return rate;
    }

    private double baseline(long second) {
        long minute = second / 60_000 * 60_000;
        List<Long> counts = new ArrayList<>();
        for (int back = 1; back <= 30; back++) {
            long start = minute - back * 60_000L;
            if (episodes.stream().noneMatch(episode -> touches(episode, start))) {
                counts.add(rate(start + 59_000));
            }
        }
        if (!counts.isEmpty()) {
            counts.sort(null);
            int half = counts.size() / 2;
            lastBaseline = counts.size() % 2 == 1 ? counts.get(half) : (counts.get(half - 1) + counts.get(half)) / 2.0;
        }
        return lastBaseline;
    }

    private static boolean touches(RainEpisode episode, long minute) {
        return episode.start() < minute + 60_000 && episode.end() >= minute;
    }

    /** Adds the episode that starts at this second; returns the second at which its end was known. */
    private long episodeFrom(long start, long t) {
        double baseline = lastBaseline;
        long level = rate(start);
        long peakAt = start;
        for (long second = start; second <= t; second += 1_000) {
            if (rate(second) > rate(peakAt)) {
                peakAt = second;
            }
            if (isQuietSince(second - 29_000, second, level) && second - 29_000 > start) {
                return close(start, second - 29_000, baseline, peakAt, second);
            }
        }
        return close(start, RainEpisode.OPEN, baseline, peakAt, t / 1_000 * 1_000);
    }

    private boolean isQuietSince(long from, long to, long level) {
        for (long second = from; second <= to; second += 1_000) {
            if (2 * rate(second) >= level) {
                return false;
            }
        }
        return true;
    }

    private long close(long start, long end, double baseline, long peakAt, long known) {
        long peak = rate(peakAt);
        long halfLife = -1;
        for (long second = peakAt; second <= known && halfLife < 0; second += 1_000) {
            if (2 * rate(second) <= peak) {
                halfLife = (second - peakAt) / 1_000;
            }
        }
        episodes.add(new RainEpisode(start, end, baseline, rate(start), peak, peakAt, halfLife));
        return known;
    }
}
