package io.grouppulse.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryMistakesTest {
    private static final SimulationSettings SALE = SimulationSettings.sale(40, 60, 30, 7, 1_794_362_100_000L);

    @Test
    void delivery_losesNothingAndRepeatsAFew() {
        List<SimulatedEvent> told = SaleRun.of(SALE).events();

        List<SimulatedEvent> delivered = deliver(told, 0.01, 0.01);

        assertThat(new HashSet<>(delivered)).isEqualTo(new HashSet<>(told));
        double repeated = (delivered.size() - told.size()) / (double) told.size();
        assertThat(repeated).isBetween(0.005, 0.02);
    }

    @Test
    void someEvents_comeLateButWithinTheUsualLateness() {
        long newest = Long.MIN_VALUE;
        long latest = 0;
        for (SimulatedEvent event : deliver(SaleRun.of(SALE).events(), 0, 0.02)) {
            newest = Math.max(newest, event.event().ts());
            latest = Math.max(latest, newest - event.event().ts());
        }

        assertThat(latest).isBetween(30_000L, 9 * 60_000L);
    }

    @Test
    void delivery_isTheSameForTheSameSeed() {
        List<SimulatedEvent> told = SaleRun.of(SALE).events();

        assertThat(deliver(told, 0.02, 0.02)).isEqualTo(deliver(told, 0.02, 0.02));
    }

    private static List<SimulatedEvent> deliver(List<SimulatedEvent> told, double duplicates, double late) {
        List<SimulatedEvent> delivered = new ArrayList<>();
        DeliveryMistakes mistakes = new DeliveryMistakes(duplicates, late, 7, delivered::add);
        told.forEach(mistakes);
        mistakes.finish();
        return delivered;
    }
}
