package io.grouppulse.windowing;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The newest orders of a shard that is saved while events come in, and recovered. */
class SavedOrdersTest {
    private static final long NOON = 1_790_000_000_000L;

    @Test
    void orderThatCameWhileItsShardWasSaved_isThereOnceAfterTheReplay() {
        List<LogEntry> log = List.of(paid(1, "a", "o1"), paid(2, "b", "o2"), paid(3, "a", "o3"), paid(4, "b", "o4"));
        ShardEngine engine = engine();
        engine.apply(log.get(0));
        engine.apply(log.get(1));
        ShardSaving.Round round = engine.saving().begin(engine.position());
        round.writeSome(1);
        engine.apply(log.get(2));
        engine.apply(log.get(3));
        while (round.writeSome(1)) {
            // all of it
        }

        ShardEngine recovered = engine();
        recovered.restore(round.position(), recordsOf(round));
        log.forEach(recovered::apply);

        assertThat(recovered.tick(NOON).paidOrders())
                .extracting(PaidOrder::order)
                .containsExactlyInAnyOrder("o1", "o2", "o3", "o4");
    }

    @Test
    void newestOrders_areThoseOfTheLatestTimes_whateverTheOrderOfArrival() {
        NewestOrders inOrder = new NewestOrders();
        NewestOrders reversed = new NewestOrders();
        List<PaidOrder> orders = new ArrayList<>();
        for (int i = 0; i < NewestOrders.KEPT + 50; i++) {
            orders.add(new PaidOrder(NOON + i / 2, "g", "shop", "o" + i, "m", 1, null, null, null));
        }
        orders.forEach(inOrder::add);
        for (int i = orders.size() - 1; i >= 0; i--) {
            reversed.add(orders.get(i));
        }

        assertThat(inOrder.save()).isEqualTo(reversed.save());
    }

    private static ShardEngine engine() {
        return new ShardEngine(GroupSettings.defaults(), true);
    }

    private static LogEntry paid(long position, String group, String order) {
        GroupInput input = event(EventType.ORDER_PAID, NOON - 10 + position, "e" + position)
                .group(group)
                .member("m")
                .order(order)
                .amount(100)
                .build();
        return new LogEntry(0, position, NOON, NOON - 100, List.of(input));
    }

    private static Map<String, byte[]> recordsOf(ShardSaving.Round round) {
        Map<String, byte[]> records = new HashMap<>();
        round.records().forEach((key, bytes) -> {
            if (bytes != null) {
                records.put(key, bytes);
            }
        });
        return records;
    }
}
