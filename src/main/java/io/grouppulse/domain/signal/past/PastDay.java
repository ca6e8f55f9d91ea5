package io.grouppulse.domain.signal.past;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of one day of the zone, in the order of arrival, in arrays: thirteen bytes each, and what they named. */
final class PastDay {
    private static final EventType[] TYPES = EventType.values();
    private static final int NO_TRAIT = -1;
    private static final int FIRST_CAPACITY = 8;
    private static final int EXPECTED_BYTES = 8;

    private final long start;
    private final List<PastTrait> traits = new ArrayList<>(0);
    private final Map<PastTrait, Integer> traitIndexes = new HashMap<>(0);
    private int[] offsets = new int[FIRST_CAPACITY];
    private int[] members = new int[FIRST_CAPACITY];
    private int[] named = new int[FIRST_CAPACITY];
    private byte[] types = new byte[FIRST_CAPACITY];
    private int size;
    private int newestOffset;

    /** @param start the first moment of the day, epoch millis */
    PastDay(long start) {
        this.start = start;
    }

    void add(EventType type, long ts, int member, PastTrait trait) {
        if (size == offsets.length) {
            int capacity = size + (size >> 1);
            offsets = Arrays.copyOf(offsets, capacity);
            members = Arrays.copyOf(members, capacity);
            named = Arrays.copyOf(named, capacity);
            types = Arrays.copyOf(types, capacity);
        }
        offsets[size] = (int) (ts - start);
        members[size] = member;
        named[size] = indexOf(trait);
        types[size] = (byte) type.ordinal();
        newestOffset = Math.max(newestOffset, offsets[size]);
        size++;
    }

    private int indexOf(PastTrait trait) {
        if (trait.equals(PastTrait.NONE)) {
            return NO_TRAIT;
        }
        return traitIndexes.computeIfAbsent(trait, added -> {
            traits.add(added);
            return traits.size() - 1;
        });
    }

    /** Takes one such event back, whatever it named; false if there is none. */
    boolean remove(EventType type, long ts, int member) {
        for (int i = size - 1; i >= 0; i--) {
            if (isSuch(i, type, ts, member)) {
                removeAt(i);
                return true;
            }
        }
        return false;
    }

    /** Takes one such event back; false if there is none. */
    boolean remove(EventType type, long ts, int member, PastTrait trait) {
        for (int i = size - 1; i >= 0; i--) {
            if (isSuch(i, type, ts, member) && traitOf(i).equals(trait)) {
                removeAt(i);
                return true;
            }
        }
        return false;
    }

    private boolean isSuch(int index, EventType type, long ts, int member) {
        return members[index] == member && offsets[index] == ts - start && types[index] == type.ordinal();
    }

    private PastTrait traitOf(int index) {
        return named[index] == NO_TRAIT ? PastTrait.NONE : traits.get(named[index]);
    }

    /** Takes back all that a member did; false if it did nothing. */
    boolean removeAll(int member) {
        int before = size;
        for (int i = size - 1; i >= 0; i--) {
            if (members[i] == member) {
                removeAt(i);
            }
        }
        return size < before;
    }

    /** Gives an inviter another id; false if it invited nobody. */
    boolean renameInviter(String inviter, String newId) {
        boolean renamed = false;
        for (int i = 0; i < traits.size(); i++) {
            PastTrait trait = traits.get(i);
            if (inviter.equals(trait.inviter())) {
                traitIndexes.remove(trait);
                traits.set(i, trait.withInviter(newId));
                traitIndexes.put(traits.get(i), i);
                renamed = true;
            }
        }
        return renamed;
    }

    private void removeAt(int index) {
        int after = index + 1;
        System.arraycopy(offsets, after, offsets, index, size - after);
        System.arraycopy(members, after, members, index, size - after);
        System.arraycopy(named, after, named, index, size - after);
        System.arraycopy(types, after, types, index, size - after);
        size--;
    }

    /** Visits the events in {@code from <= ts < to}, in no order. */
    void forEach(long from, long to, PastVisitor visitor) {
        if (to <= start || from > start + newestOffset) {
            return;
        }
        for (int i = 0; i < size; i++) {
            long ts = start + offsets[i];
            if (ts >= from && ts < to) {
                visitor.visit(TYPES[types[i]], ts, members[i], traitOf(i));
            }
        }
    }

    byte[] save() {
        SavedWriter out = new SavedWriter(64 + traits.size() * 32 + size * EXPECTED_BYTES);
        out.number(start);
        out.number(traits.size());
        traits.forEach(trait -> trait.save(out));
        out.number(size);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            out.number(offsets[i] - previous);
            out.number(members[i]);
            out.number(named[i]);
            out.number(types[i]);
            previous = offsets[i];
        }
        return out.toBytes();
    }

    static PastDay restore(byte[] bytes) {
        SavedReader in = new SavedReader(bytes);
        PastDay day = new PastDay(in.number());
        int traits = in.size();
        for (int i = 0; i < traits; i++) {
            day.indexOf(PastTrait.restore(in));
        }
        int size = in.size();
        long offset = 0;
        for (int i = 0; i < size; i++) {
            offset += in.number();
            int member = in.index();
            int trait = in.index();
            int type = in.index();
            if (trait >= traits || type < 0 || type >= TYPES.length) {
                throw new SavedStateException("event " + i + " of a day names what is not there");
            }
            day.add(TYPES[type], day.start + offset, member, trait < 0 ? PastTrait.NONE : day.traits.get(trait));
        }
        in.end();
        return day;
    }
}
