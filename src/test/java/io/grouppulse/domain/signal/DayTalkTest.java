package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DayTalkTest {
    private static final int MEMBERS = 9;

    @Test
    void read_randomActsRevocationsAndExclusions_equalsTheSumOverTheMembers() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            DayTalk day = new DayTalk();
            Map<Integer, int[]> acts = new HashMap<>();
            Map<Integer, Integer> messages = new HashMap<>();
            MemberSet present = new MemberSet();
            Set<Integer> naivePresent = new HashSet<>();
            for (int step = 0; step < 150; step++) {
                int member = random.nextInt(MEMBERS);
                int part = random.nextInt(DayTalk.PARTS);
                int[] parts = acts.computeIfAbsent(member, m -> new int[DayTalk.PARTS]);
                boolean canRevoke = parts[part] > 0 && messages.getOrDefault(member, 0) > 0;
                int kind = random.nextInt(20);
                if (kind == 0) {
                    day.exclude(member);
                    acts.remove(member);
                    messages.remove(member);
                } else if (kind < 4) {
                    boolean isIn = random.nextBoolean();
                    present.set(member, isIn);
                    naivePresent.removeIf(m -> m == member);
                    naivePresent.addAll(isIn ? Set.of(member) : Set.of());
                } else {
                    int delta = kind < 9 && canRevoke ? -1 : 1;
                    boolean isMessage = delta < 0 || kind < 15;
                    day.add(member, part, delta, isMessage ? delta : 0);
                    parts[part] += delta;
                    messages.merge(member, isMessage ? delta : 0, Integer::sum);
                }
                if (random.nextInt(10) == 0) {
                    day = restored(day);
                }
                assertThat(day.read(present, naivePresent.size()))
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(naive(acts, messages, naivePresent));
            }
        }
    }

    /** A damaged byte must not cost a bit for each member that there could be. */
    @Test
    void member_thatTheSavedBytesHaveNoRoomFor_isRefused() {
        SavedWriter out = new SavedWriter();
        out.number(1);
        out.number(1 << 30);
        for (int i = 0; i < 20; i++) {
            out.number(1);
        }

        assertThatExceptionOfType(SavedStateException.class)
                .isThrownBy(() -> new DayTalk().restore(new SavedReader(out.toBytes())))
                .withMessageContaining("impossible place 1073741824");
    }

    private static DayTalk restored(DayTalk day) {
        SavedWriter out = new SavedWriter();
        day.save(out);
        DayTalk restored = new DayTalk();
        SavedReader in = new SavedReader(out.toBytes());
        restored.restore(in);
        in.end();
        return restored;
    }

    private static BreadthReading naive(
            Map<Integer, int[]> acts, Map<Integer, Integer> messages, Set<Integer> present) {
        BreadthReading.Sum sum = new BreadthReading.Sum();
        sum.addLurkers(present.size());
        messages.forEach((member, count) -> {
            if (count > 0) {
                sum.addSpeaker(count);
                sum.addLurkers(present.contains(member) ? -1 : 0);
            }
        });
        for (int[] parts : acts.values()) {
            int some = 0;
            for (int count : parts) {
                some += count > 0 ? 1 : 0;
            }
            if (some >= 3) {
                sum.addThriceDaily();
            }
        }
        return sum.read();
    }
}
