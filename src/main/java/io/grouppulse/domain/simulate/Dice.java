package io.grouppulse.domain.simulate;

/** Seeded chance whose draws are the same on every JDK and platform (hence its own generator and StrictMath). */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = mix(seed);
    }

    /** A bijective scramble of 64 bits. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Uniform in [0, 1), the same for the same bits. */
    static double unit(long bits) {
        return (mix(mix(bits) + GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Uniform in [from, to). */
    double between(double from, double to) {
        return from + (to - from) * unit();
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * Math.PI * unit());
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    double lognormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    int poisson(double mean) {
        if (mean > 30) {
            return (int) Math.max(0, Math.round(mean + StrictMath.sqrt(mean) * gaussian()));
        }
        double floor = StrictMath.exp(-mean);
        double product = unit();
        int count = 0;
        while (product > floor) {
            product *= unit();
            count++;
        }
        return count;
    }

    /** Whole milliseconds, exponential around the mean, at least one. */
    long waitMillis(double meanMillis) {
        return 1 + (long) exponential(meanMillis);
    }

    /** Whole milliseconds, lognormal around the median, at least one. */
    long delayMillis(double medianMillis, double sigma) {
        return 1 + (long) lognormal(medianMillis, sigma);
    }
}
