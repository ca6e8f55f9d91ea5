package io.grouppulse.loadtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Interactions of groups in which nothing was ever broken, so that every alarm is a false one. */
final class SilenceData {
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;

    private static final Pattern MESSAGE = Pattern.compile("\"ts\":(\\d+),\"group\":\"([^\"]+)\"");
    private static final double CHILDREN = 0.6;
    private static final double CHILD_DELAY = 600_000;

    private SilenceData() {}

    /** Times of interactions in order, epoch millis. */
    record Group(String name, long[] times) {
        double perDay(long from, long to) {
            return Arrays.stream(times).filter(ts -> ts >= from && ts < to).count() / ((to - from) / (double) DAY);
        }
    }

    /**
     * Shops' groups: a day and a week of uneven hours, good and bad days (lognormal), and replies to replies (Hawkes).
     *
     * @param perTier as many of about 1, 6 and 40 interactions a day
     * @param from a midnight in UTC
     */
    static List<Group> simulated(int perTier, long from, int days, long seed) {
        List<Group> groups = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (double perDay : new double[] {1, 6, 40}) {
            for (int g = 0; g < perTier; g++) {
                double rate = perDay * Math.exp(0.4 * gauss(random));
                groups.add(new Group("s" + groups.size(), times(rate, from, days, random)));
            }
        }
        return groups;
    }

    private static long[] times(double perDay, long from, int days, SplittableRandom random) {
        List<Long> times = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double mood = Math.exp(0.5 * gauss(random) - 0.125) * (day % 7 >= 5 ? 1.4 : 0.84);
            for (int hour = 0; hour < 24; hour++) {
                double expected = perDay * (1 - CHILDREN) * mood * ofDay(hour);
                for (int i = poisson(expected, random); i > 0; i--) {
                    say(from + day * DAY + hour * HOUR + random.nextLong(HOUR), times, random);
                }
            }
        }
        return times.stream()
                .mapToLong(ts -> ts)
                .filter(ts -> ts < from + days * DAY)
                .sorted()
                .toArray();
    }

    private static void say(long ts, List<Long> times, SplittableRandom random) {
        times.add(ts);
        for (int i = poisson(CHILDREN, random); i > 0; i--) {
            say(ts + (long) (-CHILD_DELAY * Math.log(1 - random.nextDouble())), times, random);
        }
    }

    /** The share of a day's talk in an hour: next to nothing at night, most in the evening. */
    private static double ofDay(int hour) {
        double weight = hour < 7 ? 0.02 : hour < 11 ? 1 : hour < 18 ? 0.9 : hour < 23 ? 1.8 : 0.4;
        return weight / 19.84;
    }

    private static double gauss(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static int poisson(double mean, SplittableRandom random) {
        int count = 0;
        for (double left = mean + Math.log(1 - random.nextDouble());
                left > 0;
                left += Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }

    /** Groups of a recording in the contract's event format, gzipped NDJSON. */
    static List<Group> recorded(Path file) throws IOException {
        Map<String, List<Long>> byGroup = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher message = MESSAGE.matcher(line);
                if (message.find()) {
                    byGroup.computeIfAbsent(message.group(2), g -> new ArrayList<>())
                            .add(Long.parseLong(message.group(1)));
                }
            }
        }
        List<Group> groups = new ArrayList<>();
        byGroup.forEach((group, times) -> groups.add(
                new Group(group, times.stream().mapToLong(ts -> ts).sorted().toArray())));
        return groups;
    }
}
