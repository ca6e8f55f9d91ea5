package io.grouppulse.windowing;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A member that is forgotten: every number stays, and the id stands nowhere any more. */
class MemberErasureTest {
    private static final long NOON = 1_790_000_000_000L;
    private static final String SUBSTITUTE = "erased.abc";

    /** A shard with its log. */
    private static final class Shard {
        private final ShardEngine engine = new ShardEngine(GroupSettings.defaults(), true);
        private final List<LogEntry> log = new ArrayList<>();

        void take(GroupInput... inputs) {
            LogEntry entry = new LogEntry(0, log.size() + 1L, NOON, Long.MIN_VALUE, List.of(inputs));
            log.add(entry);
            engine.apply(entry).derived().forEach(this::take);
        }

        void take(GroupEvent event) {
            MemberTrace trace = MemberTrace.of(event);
            if (trace == null) {
                take(new GroupInput[] {event});
            } else {
                take(event, trace);
            }
        }

        Map<String, byte[]> save() {
            ShardSaving.Round round = engine.saving().begin(engine.position());
            while (round.writeSome(1)) {
                // all of it
            }
            Map<String, byte[]> records = new HashMap<>();
            round.records().forEach((key, bytes) -> {
                if (bytes != null) {
                    records.put(key, bytes);
                }
            });
            return records;
        }
    }

    private static Map<String, GroupReading> readings(ShardEngine engine) {
        Map<String, GroupReading> readings = new TreeMap<>();
        for (GroupState group : engine.groups()) {
            group.advance(engine.t());
            readings.put(group.group(), group.read());
        }
        return readings;
    }

    private static boolean isAbout(GroupEvent event, String member) {
        return member.equals(event.member()) || member.equals(event.inviter());
    }

    /** With ids that are no part of each other. */
    private static GroupEvent named(GroupEvent event) {
        return event.withPeople(named(event.member()), named(event.inviter()), event.chain());
    }

    private static @Nullable String named(@Nullable String member) {
        return member == null ? null : "<" + member + ">";
    }

    private static boolean isNamedIn(Map<String, byte[]> records, String member) {
        return records.entrySet().stream()
                .anyMatch(record -> record.getKey().contains(member)
                        || new String(record.getValue(), StandardCharsets.UTF_8).contains(member));
    }

    @Test
    void erasure_changesNoNumber_leavesNoId_andIsTheSameAfterACrash() {
        int erasedSomebody = 0;
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<GroupEvent> history = RandomHistory.of(seed, OracleSettings.defaults()).stream()
                    .map(MemberErasureTest::named)
                    .toList();
            String member = history.get(random.nextInt(history.size())).member();
            if (member == null) {
                continue;
            }
            erasedSomebody++;
            int last = history.size() - 1;
            while (!isAbout(history.get(last), member)) {
                last--;
            }
            Shard plain = new Shard();
            Shard erased = new Shard();
            int savedAt = random.nextInt(history.size());
            long savedPosition = 0;
            Map<String, byte[]> saved = Map.of();
            for (int i = 0; i < history.size(); i++) {
                plain.take(history.get(i));
                erased.take(history.get(i));
                if (i == savedAt) {
                    saved = erased.save();
                    savedPosition = erased.log.size();
                }
                if (i == last) {
                    erased.take(new MemberErasure(member, SUBSTITUTE));
                }
            }

            assertThat(readings(erased.engine)).as("seed %d", seed).isEqualTo(readings(plain.engine));
            assertThat(erased.engine.tick(erased.engine.t()).attribution())
                    .isEqualTo(plain.engine.tick(plain.engine.t()).attribution());

            Shard recovered = new Shard();
            recovered.engine.restore(savedPosition, saved);
            erased.log.forEach(recovered.engine::apply);
            assertThat(readings(recovered.engine)).as("seed %d", seed).isEqualTo(readings(plain.engine));
            for (GroupState group : recovered.engine.groups()) {
                assertThat(idsOf(group)).as("seed %d", seed).doesNotContain(member);
            }
            assertThat(isNamedIn(everything(erased), member))
                    .as("seed %d", seed)
                    .isFalse();
        }
        assertThat(erasedSomebody).isGreaterThan(100);
    }

    /** All that a shard that began anew would save. */
    private static Map<String, byte[]> everything(Shard shard) {
        Shard again = new Shard();
        shard.log.forEach(again.engine::apply);
        return again.save();
    }

    private static List<String> idsOf(GroupState group) {
        List<String> ids = new ArrayList<>();
        group.forEachPaid(Long.MIN_VALUE, Long.MAX_VALUE, (ts, member, amount) -> ids.add(group.idOf(member)));
        group.past().forEach(Long.MIN_VALUE, Long.MAX_VALUE, (type, ts, member, trait) -> {
            ids.add(group.idOf(member));
            ids.add(String.valueOf(trait.inviter()));
        });
        return ids;
    }

    private static GroupEvent paid(String id, String member) {
        return event(EventType.ORDER_PAID, NOON, id)
                .group("g")
                .member(member)
                .order("o-" + id)
                .amount(100)
                .build();
    }

    @Test
    void ordersOfTheMember_leaveTheListOfTheNewest() {
        Shard shard = new Shard();
        shard.take(paid("1", "zhang"));
        shard.take(paid("2", "li"));
        shard.engine.tick(NOON);

        shard.take(new MemberErasure("zhang", SUBSTITUTE));

        assertThat(shard.engine.tick(NOON).withdrawn())
                .extracting(PaidOrder::order)
                .containsExactly("o-1");
        assertThat(isNamedIn(shard.save(), "zhang")).isFalse();
        assertThat(readings(shard.engine)).containsOnlyKeys("g");
    }

    @Test
    void whoComesBack_isSomebodyElse_andAnErasureOfNobodyChangesNothing() {
        Shard shard = new Shard();
        shard.take(paid("1", "zhang"));
        shard.take(new MemberErasure("zhang", SUBSTITUTE));
        shard.take(new MemberErasure("nobody", "erased.xyz"));
        shard.take(paid("2", "zhang"));

        assertThat(idsOf(Objects.requireNonNull(shard.engine.group("g")))).contains(SUBSTITUTE, "zhang");
    }
}
