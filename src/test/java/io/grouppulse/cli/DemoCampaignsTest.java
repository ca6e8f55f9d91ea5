package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.simulate.FlashCalendar;
import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulatedEvent;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoCampaignsTest {
    private static final long START = 1_795_000_000_000L;
    private static final long THREE_SALES = 3 * SimulationSettings.SHOW_FLASH_PERIOD;
    private static final SimulationSettings SHOW = SimulationSettings.show(50, 60, 3, START);
    private static final FlashCalendar CALENDAR = new FlashCalendar(SHOW);

    @Test
    void campaigns_followOneAnotherWithoutGap_eachComparedWithTheOneBefore() {
        DemoCampaigns campaigns = new DemoCampaigns(SHOW, 0);

        List<DemoCampaign> told = campaigns.upTo(START + THREE_SALES);

        assertThat(told).hasSize(3);
        assertThat(told.get(0).from()).isEqualTo(CALENDAR.first());
        assertThat(told.get(0).compareTo()).isNull();
        for (int i = 1; i < 3; i++) {
            assertThat(told.get(i).from()).isEqualTo(told.get(i - 1).to());
            assertThat(told.get(i).compareTo()).isEqualTo(told.get(i - 1).id());
        }
        assertThat(campaigns.upTo(START + THREE_SALES)).isEmpty();
        assertThat(campaigns.upTo(START + THREE_SALES + 4_000)).hasSize(1);
    }

    @Test
    void campaigns_areThoseThatTheEventsName() {
        Set<String> named = new HashSet<>();
        List<SimulatedEvent> past = new ArrayList<>();
        new SaleSimulator(SHOW).advanceTo(START + THREE_SALES, past::add);
        past.stream().map(told -> told.event().campaign()).forEach(named::add);
        named.remove(null);

        assertThat(new DemoCampaigns(SHOW, 0).upTo(START + THREE_SALES).stream().map(DemoCampaign::id))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void target_isATenthMoreThanTheFirstSaleTook() {
        DemoCampaigns campaigns = new DemoCampaigns(SHOW, 0);
        List<SimulatedEvent> past = new ArrayList<>();
        new SaleSimulator(SHOW).advanceTo(START + THREE_SALES, past::add);
        past.forEach(told -> campaigns.learn(told.event()));
        long paid = past.stream()
                .map(SimulatedEvent::event)
                .filter(event -> event.type().wireName().equals("order.paid"))
                .filter(event -> event.ts() >= CALENDAR.first() && event.ts() < CALENDAR.after(CALENDAR.first()))
                .count();

        DemoCampaign first = campaigns.upTo(START + THREE_SALES).get(0);

        assertThat(first.targetOrders()).isPositive().isEqualTo(Math.round(1.1 * paid));
        assertThat(first.targetGmv()).isGreaterThan(first.targetOrders());
    }

    @Test
    void oldCampaigns_areToldOnceToBeRemoved_twelveStay() {
        DemoCampaigns campaigns = new DemoCampaigns(SHOW, 0);
        List<DemoCampaign> told = campaigns.upTo(START + 14 * SimulationSettings.SHOW_FLASH_PERIOD);

        List<String> removed = new ArrayList<>();
        for (String old = campaigns.takeOld(); old != null; old = campaigns.takeOld()) {
            removed.add(old);
        }

        assertThat(removed)
                .containsExactlyElementsOf(told.stream()
                        .limit(told.size() - 12L)
                        .map(DemoCampaign::id)
                        .toList());
    }
}
