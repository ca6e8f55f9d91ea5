package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Receipt;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same events shuffled within the lateness, some twice, cut into odd batches of every form, over any number of
 * shards, into a process that is killed again and again: the numbers of a batch of SQL over the events.
 */
@Tag("long")
class DisorderIT {
    private static final long LATENESS = 600_000;
    private static final int DUPLICATE_PERCENT = 10;
    private static final int MOST_IN_A_BATCH = 3_000;
    private static final int KILLS = 4;
    private static final int STOPS = 3;
    private static final int SAMPLED = 30;

    private static final Totals TOTALS = new Totals();

    static Stream<Arguments> histories() {
        List<GroupEvent> random = RandomHistory.of(5, OracleSettings.defaults(), RandomHistory.Shape.large(15_000));
        List<GroupEvent> journey = Datasets.completeJourney().subList(20_000, 36_000);
        List<GroupEvent> talk = Datasets.ubuntuDisentangle().subList(60_000, 110_000);
        return Stream.of(
                Arguments.of("complete-journey", 1, journey),
                Arguments.of("random", 1, random),
                Arguments.of("complete-journey", 4, journey),
                Arguments.of("ubuntu-disentangle", 4, talk),
                Arguments.of("ubuntu-disentangle", 16, talk),
                Arguments.of("random", 16, random));
    }

    @AfterAll
    static void report() {
        System.out.println(TOTALS);
        assertThat(TOTALS.kills).isGreaterThanOrEqualTo(30);
        assertThat(TOTALS.killsInFlight).isPositive();
        assertThat(TOTALS.saves).as("savings of state between the kills").isPositive();
        assertThat(TOTALS.segmentsDeleted).as("logs cut off at their old end").isPositive();
    }

    @ParameterizedTest(name = "{0} over {1} shards")
    @MethodSource("histories")
    void disorderAndKills_changeNoNumber(String name, int shards, List<GroupEvent> events) throws Exception {
        long seed = 31L * shards + name.length();
        List<List<GroupEvent>> batches =
                Disorder.batches(Disorder.shuffle(events, LATENESS, DUPLICATE_PERCENT, seed), MOST_IN_A_BATCH, seed);
        ServerOptions options = ServerOptions.replays()
                .with("shards", shards)
                .with("snapshot.interval", "1s")
                .with("log.segment", "1MiB");
        try (RunningServer server = RunningServer.start(options);
                Killer killer = new Killer(server, batches.size(), KILLS, seed);
                Oracle oracle = new Oracle(OracleSettings.defaults())) {
            new Run(name + " over " + shards, server, killer, oracle).feed(batches);
            TOTALS.add(killer);
        }
    }

    /** What all runs together came to. */
    private static final class Totals {
        private long events;
        private long kills;
        private long killsInFlight;
        private long saves;
        private long segmentsDeleted;
        private long lost;
        private long doubleCounted;
        private long differences;

        void add(Killer killer) throws IOException {
            kills += killer.kills();
            killsInFlight += killer.killsInFlight();
            saves += killer.saves();
            segmentsDeleted += killer.segmentsDeleted();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "DisorderIT: %d events, %d kills (%d of them with a request in flight), %d lost, %d double counted,"
                            + " %d differences",
                    events,
                    kills,
                    killsInFlight,
                    lost,
                    doubleCounted,
                    differences);
        }
    }

    /** One server, fed and compared. */
    private static final class Run {
        private final String name;
        private final Killer killer;
        private final Oracle oracle;
        private final MonitorApi api;
        private final Comparison comparison;
        private final EventSums sums = new EventSums();
        private long t = Long.MIN_VALUE;

        Run(String name, RunningServer server, Killer killer, Oracle oracle) {
            this.name = name;
            this.killer = killer;
            this.oracle = oracle;
            this.api = new MonitorApi(server.baseUrl());
            this.comparison = new Comparison(api);
        }

        void feed(List<List<GroupEvent>> batches) throws Exception {
            for (int i = 0; i < batches.size(); i++) {
                killer.before(i);
                send(batches.get(i), i, "");
                killer.after();
                if (STOPS * (i + 1) / batches.size() > STOPS * i / batches.size()) {
                    killer.rest();
                    send(batches.get(i), i + 1, "?wait=applied");
                    compare(i == batches.size() - 1);
                }
            }
            comparison.diff().assertEmpty(name);
        }

        private void send(List<GroupEvent> batch, int number, String query) throws Exception {
            Form[] forms = Form.values();
            Receipt receipt = api.send(EventBodies.body(batch, forms[number % forms.length]), query);
            assertThat(receipt.answer().path("accepted").intValue())
                    .as("%s: %s", name, receipt.answer())
                    .isEqualTo(batch.size());
            List<GroupEvent> counted = batch.stream()
                    .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                    .toList();
            sums.sent(counted, receipt.unanswered());
            oracle.load(counted);
            t = counted.stream().mapToLong(GroupEvent::ts).reduce(t, Math::max);
            if (!query.isEmpty()) {
                assertThat(receipt.answer().path("duplicates").intValue()).isEqualTo(counted.size());
            }
        }

        private void compare(boolean last) throws Exception {
            JsonNode sources = api.settledSources(t);
            List<String> groups = List.copyOf(oracle.members(t).keySet());
            List<String> historyOf = last ? groups : groups.subList(0, Math.min(SAMPLED, groups.size()));
            ServerMeasures actual = comparison.at(t, oracle, historyOf);
            assertThat(OrgSums.check(api, actual.groups().values()).differences())
                    .as(name)
                    .isEmpty();
            if (last) {
                TOTALS.events += sums.sentEvents();
                TOTALS.lost += sums.lost(sources);
                TOTALS.doubleCounted += sums.doubleCounted(sources);
                TOTALS.differences += comparison.diff().count();
            }
            sums.assertAgree(name, sources);
        }
    }
}
