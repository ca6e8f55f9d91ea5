package io.grouppulse.domain.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All events of a whole simulated sale. */
record SaleRun(List<SimulatedEvent> events) {
    static SaleRun of(SimulationSettings settings) {
        List<SimulatedEvent> events = new ArrayList<>();
        SaleSimulator sale = new SaleSimulator(settings);
        while (!sale.isOver()) {
            sale.nextMinute(events::add);
        }
        return new SaleRun(events);
    }

    Set<String> ids() {
        return events.stream().map(e -> e.event().id()).collect(Collectors.toSet());
    }
}
