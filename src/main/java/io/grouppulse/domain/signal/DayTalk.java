package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What each customer did on one day, messages and interactions by four-hour part of the day, and the sums of it, which
 * move with each act: reading them costs nothing that grows with the customers.
 */
final class DayTalk {
    static final int PARTS = 6;

    private static final int MESSAGES = PARTS;
    private static final int PARTS_OF_THRICE = 3;
    private static final int LOUDEST = 3;

    private final Int2ObjectHashMap<int[]> rows = new Int2ObjectHashMap<>();
    private final MemberSet speakers = new MemberSet();
    private final List<Long> loudest = new ArrayList<>(LOUDEST + 1);
    private boolean isLoudestKnown = true;
    private long messages;
    private long squaredMessages;
    private long thriceDaily;

    /** Adds to a customer's interactions in a part of the day and to its messages, or takes from them. */
    void add(int member, int part, int acts, int messagesOfThem) {
        int[] row = rows.get(member);
        if (row == null) {
            row = new int[PARTS + 1];
            rows.put(member, row);
        }
        int before = row[part];
        row[part] += acts;
        if (before > 0 != row[part] > 0) {
            int change = Integer.signum(acts);
            thriceDaily += partsOf(row) == (change > 0 ? PARTS_OF_THRICE : PARTS_OF_THRICE - 1) ? change : 0;
        }
        if (messagesOfThem != 0) {
            row[MESSAGES] += messagesOfThem;
            onMessages(member, row[MESSAGES] - messagesOfThem, row[MESSAGES]);
        }
    }

    /** Takes back all that a member did. */
    void exclude(int member) {
        int[] row = rows.remove(member);
        if (row != null) {
            thriceDaily -= partsOf(row) >= PARTS_OF_THRICE ? 1 : 0;
            onMessages(member, row[MESSAGES], 0);
        }
    }

    private void onMessages(int member, long before, long after) {
        messages += after - before;
        squaredMessages += after * after - before * before;
        speakers.set(member, after > 0);
        if (after > before) {
            // the place of the lower number is taken by the higher one
            loudest.remove(before);
            rank(after);
        } else if (loudest.contains(before)) {
            isLoudestKnown = false;
        }
    }

    private void rank(long count) {
        int place = loudest.size();
        while (place > 0 && loudest.get(place - 1) < count) {
            place--;
        }
        if (place < LOUDEST) {
            loudest.add(place, count);
        }
        if (loudest.size() > LOUDEST) {
            loudest.remove(LOUDEST);
        }
    }

    /** @param in who is in, of so many members */
    BreadthReading read(MemberSet in, long members) {
        if (!isLoudestKnown) {
            loudest.clear();
            rows.values().forEach(row -> rankSpeaker(row[MESSAGES]));
            isLoudestKnown = true;
        }
        return new BreadthReading(messages, squaredMessages, loudest, members - speakers.countCommon(in), thriceDaily);
    }

    private void rankSpeaker(int count) {
        if (count > 0) {
            rank(count);
        }
    }

    private static int partsOf(int[] row) {
        int parts = 0;
        for (int part = 0; part < PARTS; part++) {
            parts += row[part] > 0 ? 1 : 0;
        }
        return parts;
    }

    void save(SavedWriter out) {
        out.number(rows.size());
        new TreeMap<>(rows).forEach((member, row) -> {
            out.number(member);
            for (int value : row) {
                out.number(value);
            }
        });
    }

    void restore(SavedReader in) {
        int members = in.size();
        for (int i = 0; i < members; i++) {
            int member = in.place();
            for (int part = 0; part < PARTS; part++) {
                add(member, part, (int) in.number(), 0);
            }
            add(member, 0, 0, (int) in.number());
        }
    }
}
