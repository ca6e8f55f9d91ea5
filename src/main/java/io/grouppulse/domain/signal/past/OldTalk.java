package io.grouppulse.domain.signal.past;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.DayParts;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;

/** Of days that are no longer remembered: the messages of each customer, and who was active in three parts of one of them. */
final class OldTalk {
    private int[] messages = {};
    private final BitSet thrice = new BitSet();

    void add(PastDay day, ZoneId zone) {
        DayParts parts = new DayParts(zone);
        day.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                parts.add(member, ts);
            }
            if (type == EventType.MESSAGE_SENT) {
                addMessage(member, 1);
            }
        });
        parts.thrice().forEach(thrice::set);
    }

    /** One more message of the member, or, with -1, one fewer. */
    void addMessage(int member, int delta) {
        if (member >= messages.length) {
            messages = Arrays.copyOf(messages, Math.max(member + 1, messages.length + (messages.length >> 1)));
        }
        messages[member] = Math.max(0, messages[member] + delta);
    }

    void exclude(int member) {
        thrice.clear(member);
        if (member < messages.length) {
            messages[member] = 0;
        }
    }

    int messagesOf(int member) {
        return member < messages.length ? messages[member] : 0;
    }

    /** One more than the largest index of a member of whom anything is known. */
    int size() {
        return Math.max(messages.length, thrice.length());
    }

    boolean isThrice(int member) {
        return thrice.get(member);
    }

    void save(SavedWriter out) {
        int size = size();
        out.number(size);
        for (int member = 0; member < size; member++) {
            out.number(2L * messagesOf(member) + (thrice.get(member) ? 1 : 0));
        }
    }

    void restore(SavedReader in) {
        int size = in.size();
        messages = new int[size];
        for (int member = 0; member < size; member++) {
            long both = in.number();
            messages[member] = (int) (both / 2);
            thrice.set(member, both % 2 == 1);
        }
    }
}
