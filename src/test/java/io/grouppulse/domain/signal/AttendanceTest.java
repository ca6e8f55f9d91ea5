package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private static final int MEMBERS = 40;

    /** Seen and left are the newest of what was told, and a roster tells it of everybody, of those not met yet too. */
    @Test
    void randomComingsAndGoings_leaveThoseInWhomADefinitionNames_copiedAndSavedToo() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Attendance attendance = new Attendance();
            List<Told> told = new ArrayList<>();
            BitSet met = new BitSet();
            for (int i = random.nextInt(120); i > 0; i--) {
                long ts = random.nextInt(1_000);
                int member = random.nextInt(1 + random.nextInt(MEMBERS));
                switch (random.nextInt(12)) {
                    case 0 -> {
                        BitSet listed = BitSet.valueOf(new long[] {random.nextLong() & (1L << MEMBERS) - 1});
                        attendance.enrol(ts, listed);
                        met.or(listed);
                        told.add(new Told(-1, ts, listed));
                    }
                    case 1, 2, 3 -> {
                        attendance.leave(member, ts);
                        met.set(member);
                        told.add(new Told(member, ts, null));
                    }
                    case 4 -> attendance = random.nextBoolean() ? attendance.copy() : restored(attendance);
                    default -> {
                        attendance.see(member, ts);
                        met.set(member);
                        told.add(new Told(member, ts, new BitSet()));
                    }
                }
            }
            BitSet expected = new BitSet();
            met.stream().forEach(member -> expected.set(member, isIn(member, told)));
            assertThat(attendance.toSet()).as("seed %d", seed).isEqualTo(expected);
            assertThat(attendance.members()).as("seed %d", seed).isEqualTo(expected.cardinality());
        }
    }

    private static Attendance restored(Attendance attendance) {
        SavedWriter out = new SavedWriter();
        attendance.save(out);
        // where a group is saved, its members are named
        out.bytes(new byte[MEMBERS]);
        Attendance restored = new Attendance();
        restored.restore(new SavedReader(out.toBytes()));
        return restored;
    }

    private static boolean isIn(int member, List<Told> told) {
        long seen = Long.MIN_VALUE;
        long left = Long.MIN_VALUE;
        for (Told one : told) {
            boolean isRoster = one.member < 0;
            boolean isSeen = one.listed != null && (!isRoster || one.listed.get(member));
            if (isRoster || one.member == member) {
                seen = isSeen ? Math.max(seen, one.ts) : seen;
                left = isSeen ? left : Math.max(left, one.ts);
            }
        }
        return seen > left;
    }

    /** @param listed of a roster; of one member empty if it was seen, null if it left */
    private record Told(int member, long ts, @Nullable BitSet listed) {}
}
