package io.grouppulse.publish.query;

import static io.grouppulse.publish.query.Ratios.ratio;
import static io.grouppulse.publish.query.ToldPeople.DAY;
import static io.grouppulse.publish.query.ToldPeople.HOUR;
import static io.grouppulse.publish.query.ToldPeople.NOON;
import static io.grouppulse.publish.query.ToldPeople.groupsOf;
import static io.grouppulse.publish.query.ToldPeople.invited;
import static io.grouppulse.publish.query.ToldPeople.membersAt;
import static io.grouppulse.publish.query.ToldPeople.stayed;
import static io.grouppulse.publish.query.ToldPeople.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who brought whom, and how fast members grow, as it is served, of events that come shuffled, some of them twice, over four
 * shards with a restart in the middle; held against plain loops over the events.
 */
class FissionLawTest {
    private List<GroupEvent> events = List.of();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fission_shuffledDuplicatedShardedAndRestarted_isServedAsTheBatchSays(long seed, @TempDir Path dir)
            throws Exception {
        events = ToldPeople.history(seed);
        long t = events.get(events.size() - 1).ts();
        try (ServedHistory served = ServedHistory.start(dir)) {
            ToldPeople.register(served);
            served.take(events, seed);

            assertFission(served, t);
            assertPace(served, seed);
        }
    }

    private void assertFission(ServedHistory served, long t) throws Exception {
        List<GroupEvent> invited = invited(within(events, EventType.MEMBER_JOINED, 0, t + 1));
        Map<String, List<GroupEvent>> byInviter = new HashMap<>();
        invited.forEach(join -> byInviter
                .computeIfAbsent(Objects.requireNonNull(join.inviter()), inviter -> new ArrayList<>())
                .add(join));
        JsonObject json = served.get("fission?scope=org:bbg&limit=1000");
        long rewards = 0;
        long largest = 0;
        for (List<GroupEvent> brought : byInviter.values()) {
            long stayed = stayed(events, brought);
            long reward = 0;
            for (long nth = 1; nth <= stayed; nth++) {
                reward += nth <= 100 ? 50 : 100;
            }
            rewards += reward;
            largest = Math.max(largest, reward);
        }
        assertThat(largest).as("more than a hundred brought").isGreaterThan(5_000);
        assertThat(json.getLong("invites")).isEqualTo(invited.size());
        assertThat(json.getLong("stayed")).isEqualTo(stayed(events, invited));
        assertThat(json.getLong("rewards")).isEqualTo(rewards);
        assertThat(json.getJsonObject("kFactor")).isEqualTo(ratio(stayed(events, invited), byInviter.size()));
        assertThat(json.getJsonArray("items")).hasSize(byInviter.size());
        assertThat(json.getJsonArray("items").getJsonObject(0).getLong("reward"))
                .isEqualTo(largest);
        JsonObject board = served.get("boards/referrers?window=24h&by=stayed&limit=1000");
        long end = t / (10 * 60_000) * (10 * 60_000) + 10 * 60_000;
        List<GroupEvent> ofADay = invited(within(events, EventType.MEMBER_JOINED, end - DAY, t + 1));
        assertThat(board.getJsonArray("items").stream()
                        .mapToLong(row -> ((JsonObject) row).getLong("stayed"))
                        .toArray())
                .isSortedAccordingTo(Comparator.<Long>naturalOrder().reversed())
                .containsExactlyInAnyOrder(ofADay.stream()
                        .collect(Collectors.groupingBy(join -> Objects.requireNonNull(join.inviter())))
                        .values()
                        .stream()
                        .mapToLong(brought -> stayed(events, brought))
                        .toArray());
    }

    /** K, and how fast members double, of any stretch: at its pace twice as many are there so much later. */
    private void assertPace(ServedHistory served, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int grew = 0;
        int stood = 0;
        for (String scope : List.of("org:bbg", "group:g0", "group:g1", "group:few")) {
            List<GroupEvent> its = events.stream()
                    .filter(event -> groupsOf(scope).test(event.group()))
                    .toList();
            for (int i = 0; i < 6; i++) {
                long from = NOON - DAY - random.nextLong(6 * DAY);
                long to = from + 1 + random.nextLong(NOON - from - HOUR);
                String as = "%s from %d to %d".formatted(scope, from, to);
                JsonObject json = served.get("fission?scope=%s&from=%d&to=%d".formatted(scope, from, to));
                List<GroupEvent> invited = invited(within(its, EventType.MEMBER_JOINED, from, to));
                long inviters =
                        invited.stream().map(GroupEvent::inviter).distinct().count();
                long before = membersAt(its, from - 1).size();
                long after = membersAt(its, to - 1).size();
                assertThat(json.getJsonObject("kFactor")).as(as).isEqualTo(ratio(stayed(events, invited), inviters));
                assertThat(json.getJsonObject("growth")).as(as).isEqualTo(ratio(after, before));
                @Nullable Long doubling = json.getLong("doublingMillis");
                if (before == 0 || after <= before) {
                    assertThat(doubling).as(as).isNull();
                    stood++;
                } else {
                    double growth = (double) after / before;
                    double length = to - from;
                    assertThat(2.0)
                            .as(as)
                            .isBetween(
                                    Math.pow(growth, (Objects.requireNonNull(doubling) - 1) / length),
                                    Math.pow(growth, (doubling + 1) / length));
                    grew++;
                }
            }
        }
        assertThat(grew).isPositive();
        assertThat(stood).isPositive();
    }
}
