package io.grouppulse.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SaleBridgeTest {
    @Test
    void bridge_whenOneFactorMoved_givesItAllOfTheDifference() {
        SaleFactors then = new SaleFactors(100, 50, 0, 0, 10, 20, 10_000);

        assertThat(SaleBridge.between(then, new SaleFactors(100, 50, 0, 0, 10, 20, 15_000)))
                .isEqualTo(new SaleBridge(0, 0, 0, 0, 5_000));
        assertThat(SaleBridge.between(then, new SaleFactors(100, 50, 0, 0, 20, 40, 20_000)))
                .isEqualTo(new SaleBridge(0, 0, 10_000, 0, 0));
        assertThat(SaleBridge.between(then, then)).isEqualTo(new SaleBridge(0, 0, 0, 0, 0));
    }

    @Test
    void bridge_ofRandomSales_sumsToTheDifference_andTurnsRoundWithTheSales() {
        for (long seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SaleFactors then = sale(random);
            SaleFactors now = sale(random);
            SaleBridge there = Objects.requireNonNull(SaleBridge.between(then, now));
            SaleBridge back = Objects.requireNonNull(SaleBridge.between(now, then));

            assertThat(sum(there)).as("seed=%d", seed).isEqualTo(now.gmv() - then.gmv());
            assertThat(there.openRate()).as("seed=%d", seed).isBetween(-back.openRate() - 5, -back.openRate() + 5);
            double exposed = (now.gmv() == then.gmv()
                            ? now.gmv()
                            : (now.gmv() - then.gmv()) / Math.log((double) now.gmv() / then.gmv()))
                    * Math.log((double) now.exposed() / then.exposed());
            assertThat((double) there.exposed()).as("seed=%d", seed).isBetween(exposed - 5, exposed + 5);
        }
    }

    @Test
    void bridge_withoutAFactor_isUnknown() {
        SaleFactors whole = new SaleFactors(100, 50, 0, 0, 10, 20, 10_000);

        assertThat(SaleBridge.between(whole, SaleFactors.NONE)).isNull();
        assertThat(SaleBridge.between(new SaleFactors(100, 0, 0, 0, 10, 20, 10_000), whole))
                .isNull();
        assertThat(SaleBridge.between(whole, new SaleFactors(100, 50, 0, 0, 10, 20, 0)))
                .isNull();
    }

    private static long sum(SaleBridge bridge) {
        return bridge.exposed() + bridge.openRate() + bridge.buyRate() + bridge.frequency() + bridge.basket();
    }

    private static SaleFactors sale(SplittableRandom random) {
        long buyers = random.nextLong(1, 1_000);
        return new SaleFactors(
                random.nextLong(1, 100_000),
                random.nextLong(1, 10_000),
                0,
                0,
                buyers,
                buyers + random.nextLong(1_000),
                random.nextLong(1, 100_000_000));
    }
}
