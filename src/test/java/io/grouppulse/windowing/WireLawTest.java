package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.AskActiveMinutes;
import io.grouppulse.bus.Messages.AskBreadth;
import io.grouppulse.bus.Messages.AskBuyers;
import io.grouppulse.bus.Messages.AskConversions;
import io.grouppulse.bus.Messages.AskFactors;
import io.grouppulse.bus.Messages.AskGroupBuys;
import io.grouppulse.bus.Messages.AskGrowth;
import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.bus.Messages.AskJoins;
import io.grouppulse.bus.Messages.AskLedger;
import io.grouppulse.bus.Messages.AskMembership;
import io.grouppulse.bus.Messages.AskOrderBoard;
import io.grouppulse.bus.Messages.AskPresence;
import io.grouppulse.bus.Messages.AskRain;
import io.grouppulse.bus.Messages.AskReach;
import io.grouppulse.bus.Messages.AskResponses;
import io.grouppulse.bus.Messages.AskSlots;
import io.grouppulse.bus.Messages.AskStretches;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.bus.Messages.ShardReadings;
import io.grouppulse.bus.Messages.SlotTimes;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.TouchTrait;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.nodes.Wire;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shard of another node is asked and says is what one of this node is asked and says. */
class WireLawTest {
    private static final String ROOT = OrgGraph.ROOT;
    /** NaN is NaN. */
    private static final RecursiveComparisonConfiguration SAME_DOUBLES = RecursiveComparisonConfiguration.builder()
            .withEqualsForType((one, other) -> Double.compare(one, other) == 0, Double.class)
            .build();

    private static final long DAY = 86_400_000;

    private final Wire wire = new Wire();
    private final GroupSettings settings = GroupSettings.defaults();
    private final ShardEngine engine = new ShardEngine(settings, true);
    private long from;
    private long to;

    @BeforeEach
    void fill() {
        List<GroupEvent> events = RandomHistory.of(5, OracleSettings.defaults(), RandomHistory.Shape.large(3_000));
        long position = 0;
        for (GroupEvent event : events) {
            engine.apply(new LogEntry(0, ++position, event.ts(), event.ts(), List.<GroupInput>of(event)));
        }
        from = events.stream().mapToLong(GroupEvent::ts).min().orElseThrow() / 60_000 * 60_000;
        to = engine.t() / 60_000 * 60_000 + 60_000;
    }

    private List<Object> questions() {
        Stretch all = new Stretch(from, to);
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(to), settings.zone());
        return List.of(
                new AskHistory(
                        null, ROOT, Set.of(), to - DAY / 24, to, List.of(Column.values()), List.of(EventType.values())),
                new AskActiveMinutes(ROOT, Set.of(), from, to),
                new AskRain(null, ROOT, from, to),
                new AskStretches(null, ROOT, Set.of(), List.of(all)),
                new AskLedger(null, ROOT, from, to),
                new AskOrderBoard(null, ROOT, Set.of(), OrderTrait.ITEM, all),
                new AskPresence(null, ROOT, to - 7 * DAY, to - DAY, to),
                new AskMembership(null, ROOT, day, List.of(1, 7), to),
                new AskJoins(null, ROOT, from, to),
                new AskBuyers(null, ROOT, Set.of(), all),
                new AskSlots(null, ROOT, List.of(new SlotTimes(all, List.of()))),
                new AskGrowth(null, ROOT, all),
                new AskBreadth(null, ROOT, Set.of(), all),
                new AskConversions(null, ROOT, Set.of(), TouchTrait.COHORT, all, to),
                new AskGroupBuys(null, ROOT, all),
                new AskFactors(null, ROOT, Set.of(), all),
                new AskResponses(null, ROOT, all, 60_000, 100),
                new AskReach(null, ROOT, all));
    }

    @Test
    void anyQuestionOverTheWire_hasTheSameAnswer_overTheWire() {
        Questions questions = new Questions(settings.zone());
        for (Object question : questions()) {
            Object answer = questions.walk(engine, question).run();
            Object there = questions.walk(engine, through(question)).run();

            assertThat(through(there))
                    .as(question.getClass().getSimpleName())
                    .usingRecursiveComparison(SAME_DOUBLES)
                    .isEqualTo(answer);
        }
    }

    @Test
    void everyQuestionThatAShardAnswers_isAmongThem() {
        assertThat(questions().stream().map(Object::getClass).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(new Questions(settings.zone())
                        .known().stream().map(Class::getName).collect(Collectors.toSet()));
    }

    @Test
    void readingsOfAllGroups_areTheSame() {
        ShardEngine.Readings readings = engine.tick(engine.t());
        ShardReadings told = new ShardReadings(
                0,
                1,
                engine.t(),
                engine.position(),
                engine.t(),
                true,
                1,
                readings.changed(),
                readings.removed(),
                readings.paidOrders(),
                readings.withdrawn(),
                readings.attribution());

        assertThat(told.changed()).isNotEmpty();
        assertThat(through(told)).usingRecursiveComparison(SAME_DOUBLES).isEqualTo(told);
    }

    private Object through(Object message) {
        return wire.read(wire.write(message));
    }
}
