package io.grouppulse.domain.reach;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By how much each factor moved the money of a sale against another one: gmv = exposed × open rate × buy rate ×
 * frequency × basket. The additive log-mean Divisia decomposition (Ang, "The LMDI approach to decomposition analysis",
 * Energy Policy 33, 2005): no residual, and the same whichever factor is taken first.
 *
 * @param exposed minor units, like the others; together they are the difference of the money exactly
 */
public record SaleBridge(long exposed, long openRate, long buyRate, long frequency, long basket) {
    private static final int FACTORS = 5;

    /** The bridge from one sale to another; null if a factor of either is 0, so that it has no logarithm. */
    public static @Nullable SaleBridge between(SaleFactors then, SaleFactors now) {
        double[] before = factors(then);
        double[] after = factors(now);
        if (!isPositive(before) || !isPositive(after)) {
            return null;
        }
        double mean = logMean(now.gmv(), then.gmv());
        double[] exact = new double[FACTORS];
        long[] parts = new long[FACTORS];
        for (int i = 0; i < FACTORS; i++) {
            exact[i] = mean * Math.log(after[i] / before[i]);
            parts[i] = Math.round(exact[i]);
        }
        parts[largest(exact)] += now.gmv() - then.gmv() - Arrays.stream(parts).sum();
        return new SaleBridge(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    private static double[] factors(SaleFactors sale) {
        return new double[] {
            sale.exposed(),
            (double) sale.opened() / sale.exposed(),
            (double) sale.buyers() / sale.opened(),
            (double) sale.orders() / sale.buyers(),
            (double) sale.gmv() / sale.orders()
        };
    }

    private static boolean isPositive(double[] factors) {
        return Arrays.stream(factors).allMatch(factor -> factor > 0 && factor < Double.POSITIVE_INFINITY);
    }

    private static double logMean(double one, double other) {
        return one == other ? one : (one - other) / Math.log(one / other);
    }

    /** What rounding left over goes where it is the smallest part of the whole. */
    private static int largest(double[] parts) {
        int largest = 0;
        for (int i = 1; i < parts.length; i++) {
            largest = Math.abs(parts[i]) > Math.abs(parts[largest]) ? i : largest;
        }
        return largest;
    }
}
