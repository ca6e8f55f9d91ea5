package io.grouppulse.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SalePlausibilityTest {
    private static final long WEDNESDAY_0955 = 1_794_362_100_000L;
    private static final int GROUPS = 200;
    private static final int MINUTES = 150;

    private static List<GroupEvent> events;

    @BeforeAll
    static void runOnce() {
        events = SaleRun.of(SimulationSettings.sale(GROUPS, 250, MINUTES, 5, WEDNESDAY_0955)).events().stream()
                .map(SimulatedEvent::event)
                .toList();
    }

    @Test
    void groups_haveZipfPopularity() {
        Map<String, Long> perGroup = new HashMap<>();
        of(EventType.MESSAGE_SENT).forEach(e -> perGroup.merge(e.group(), 1L, Long::sum));
        List<Long> counts =
                perGroup.values().stream().sorted(Comparator.reverseOrder()).toList();

        assertThat(zipfExponent(counts.subList(0, GROUPS / 2))).isBetween(0.6, 1.3);
    }

    @Test
    void speech_comesFromALoudFew_andMostNeverSpeak() {
        GroupEvent example = of(EventType.MESSAGE_SENT).get(0);
        Map<String, Long> perSpeaker = new HashMap<>();
        of(EventType.MESSAGE_SENT).stream()
                .filter(e -> e.group().equals(example.group()) && e.role() == null)
                .forEach(e -> perSpeaker.merge(e.member() + "", 1L, Long::sum));
        List<Long> counts =
                perSpeaker.values().stream().sorted(Comparator.reverseOrder()).toList();
        long total = counts.stream().mapToLong(Long::longValue).sum();

        double topThree = (counts.get(0) + counts.get(1) + counts.get(2)) / (double) total;

        assertThat(topThree).isBetween(0.1, 0.6);
        long speakers = of(EventType.MESSAGE_SENT).stream()
                .filter(e -> e.role() == null)
                .map(e -> e.group() + " " + e.member())
                .distinct()
                .count();
        assertThat(speakers).isLessThan(GROUPS * 250 / 2);
    }

    @Test
    void conversion_liesBetweenFiveAndFortyPercent() {
        Map<String, TreeSet<Long>> touches = new HashMap<>();
        Set<String> converted = new HashSet<>();
        for (GroupEvent event : events) {
            String who = event.group() + " " + event.member();
            if (event.type().isTouch()) {
                touches.computeIfAbsent(who, w -> new TreeSet<>()).add(event.ts());
            } else if (event.type() == EventType.ORDER_PAID
                    && touches.containsKey(who)
                    && touches.get(who).ceiling(event.ts() - 1_800_000) != null) {
                converted.add(who);
            }
        }

        assertThat(converted.size() / (double) touches.size()).isBetween(0.05, 0.4);
    }

    @Test
    void orders_areCreatedBeforeTheyArePaid_andSomeArePaidAfterHalfAnHour() {
        Map<String, Long> created = new HashMap<>();
        int late = 0;
        for (GroupEvent event : events) {
            if (event.type() == EventType.ORDER_CREATED) {
                assertThat(created.put(event.order() + "", event.ts())).isNull();
            } else if (event.type() == EventType.ORDER_PAID) {
                assertThat(created).containsKey(event.order());
                late += event.ts() - created.getOrDefault(event.order(), 0L) > 1_800_000 ? 1 : 0;
            }
        }
        int paid = of(EventType.ORDER_PAID).size();

        assertThat(paid / (double) created.size()).isBetween(0.6, 0.9);
        assertThat(late / (double) paid).isBetween(0.01, 0.2);
    }

    @Test
    void refunds_neverExceedWhatWasPaid() {
        Map<String, Long> paid = new HashMap<>();
        Map<String, Long> refunded = new HashMap<>();
        of(EventType.ORDER_PAID).forEach(e -> paid.put(e.order() + "", e.amount()));
        of(EventType.ORDER_REFUNDED).forEach(e -> refunded.merge(e.order() + "", e.amount(), Long::sum));

        assertThat(refunded).isNotEmpty();
        refunded.forEach((order, amount) -> assertThat(amount).isBetween(1L, paid.getOrDefault(order, 0L)));
    }

    @Test
    void prices_endInNinety_andAFewAreMissing() {
        List<GroupEvent> single = of(EventType.ORDER_CREATED).stream()
                .filter(e -> e.quantity() == 1)
                .toList();
        List<GroupEvent> priced = single.stream().filter(GroupEvent::hasAmount).toList();

        assertThat(priced).allSatisfy(e -> assertThat(e.amount() % 100).isEqualTo(90));
        assertThat(priced).hasSizeLessThan(single.size());
        assertThat(priced.stream().mapToLong(GroupEvent::amount).average().orElseThrow())
                .isBetween(1_500.0, 8_000.0);
    }

    @Test
    void flashSale_bringsRain() {
        long ten = WEDNESDAY_0955 + 300_000;

        long before = paidBetween(ten - 180_000, ten);
        long after = paidBetween(ten, ten + 180_000);

        assertThat(after).isGreaterThan(2 * before);
    }

    @Test
    void someGroups_fallSilentMidway() {
        long middle = WEDNESDAY_0955 + MINUTES * 60_000L * 2 / 3;
        Set<String> early = new HashSet<>();
        Set<String> late = new HashSet<>();
        events.stream().filter(e -> !e.group().isEmpty()).forEach(e -> (e.ts() < middle ? early : late).add(e.group()));

        early.removeAll(late);

        assertThat(early).hasSizeBetween(1, GROUPS / 10);
    }

    @Test
    void heartbeats_comeEveryThirtySecondsFromEachSource() {
        assertThat(of(EventType.SOURCE_HEARTBEAT)).hasSize(2 * 2 * MINUTES);
    }

    @Test
    void revocations_nameAMessageOfTheSameGroup() {
        Map<String, String> messageToGroup = new HashMap<>();
        of(EventType.MESSAGE_SENT).forEach(e -> messageToGroup.put(e.id(), e.group()));

        assertThat(of(EventType.MESSAGE_REVOKED))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(messageToGroup.get(e.target() + "")).isEqualTo(e.group()));
    }

    private static List<GroupEvent> of(EventType type) {
        return events.stream().filter(e -> e.type() == type).toList();
    }

    private static long paidBetween(long from, long to) {
        return of(EventType.ORDER_PAID).stream()
                .filter(e -> e.ts() >= from && e.ts() < to)
                .count();
    }

    /** Slope of log count over log rank, by least squares, turned positive. */
    private static double zipfExponent(List<Long> counts) {
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < counts.size(); i++) {
            double x = Math.log(i + 1);
            double y = Math.log(counts.get(i));
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        int n = counts.size();
        return -(n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    }
}
