package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** In which hours, counted from the epoch, something happened: one bit each for the 72 days up to the newest. Immutable. */
public final class HourHistory {
    /** Nothing ever happened. */
    public static final HourHistory EMPTY = new HourHistory(Long.MIN_VALUE, Long.MIN_VALUE, 0, new long[0]);

    private static final int WORDS = 27;
    private static final int KEPT = WORDS * Long.SIZE;

    private final long first;
    private final long newest;
    private final long count;
    private final long[] words;

    private HourHistory(long first, long newest, long count, long[] words) {
        this.first = first;
        this.newest = newest;
        this.count = count;
        this.words = words;
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    /** The first active hour ever; {@link Long#MIN_VALUE} if there is none. */
    public long first() {
        return first;
    }

    /** The newest active hour; {@link Long#MIN_VALUE} if there is none. */
    public long newest() {
        return newest;
    }

    /** Active hours ever, those no longer kept included; of several groups together, those kept. */
    public long count() {
        return count;
    }

    public boolean isActive(long hour) {
        return isKept(hour) && (words[word(hour)] & 1L << hour) != 0;
    }

    private boolean isKept(long hour) {
        return !isEmpty() && hour <= newest && hour > newest - KEPT;
    }

    private static int word(long hour) {
        return (int) Math.floorMod(Math.floorDiv(hour, (long) Long.SIZE), (long) WORDS);
    }

    /** The same with this hour active; an hour older than all that is kept changes nothing. */
    public HourHistory with(long hour) {
        if (isEmpty()) {
            long[] one = new long[WORDS];
            one[word(hour)] |= 1L << hour;
            return new HourHistory(hour, hour, 1, one);
        }
        if (hour <= newest - KEPT || isActive(hour)) {
            return this;
        }
        long[] copy = wordsUpTo(Math.max(newest, hour));
        copy[word(hour)] |= 1L << hour;
        return new HourHistory(Math.min(first, hour), Math.max(newest, hour), count + 1, copy);
    }

    /** The same with this hour not active. */
    public HourHistory without(long hour) {
        if (!isActive(hour)) {
            return this;
        }
        long[] copy = words.clone();
        copy[word(hour)] &= ~(1L << hour);
        if (Arrays.stream(copy).allMatch(word -> word == 0)) {
            return EMPTY;
        }
        HourHistory less = new HourHistory(first, newest, count - 1, copy);
        long from = hour == first ? less.nextActive(hour) : first;
        long to = hour == newest ? less.previousActive(hour) : newest;
        return new HourHistory(from, to, count - 1, copy);
    }

    private long nextActive(long hour) {
        long next = hour + 1;
        while (next < newest && !isActive(next)) {
            next++;
        }
        return next;
    }

    /** The newest active hour before this one, {@link Long#MIN_VALUE} if none is kept. */
    public long previousActive(long hour) {
        if (isEmpty()) {
            return Long.MIN_VALUE;
        }
        long oldest = newest - KEPT + 1;
        long from = Math.min(hour - 1, newest);
        while (from >= oldest) {
            int bit = (int) (from & (Long.SIZE - 1));
            long upToFrom = words[word(from)] << (Long.SIZE - 1 - bit);
            if (upToFrom != 0) {
                long found = from - Long.numberOfLeadingZeros(upToFrom);
                return found >= oldest ? found : Long.MIN_VALUE;
            }
            from -= bit + 1;
        }
        return Long.MIN_VALUE;
    }

    /** The hours in which either was active. */
    public HourHistory or(HourHistory other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        long to = Math.max(newest, other.newest);
        if (count == bits(words) && covers(other)) {
            return this;
        }
        long[] sum = wordsUpTo(to);
        long[] more = other.wordsAt(to);
        for (int w = 0; w < WORDS; w++) {
            sum[w] |= more[w];
        }
        return new HourHistory(Math.min(first, other.first), to, bits(sum), sum);
    }

    private static long bits(long[] words) {
        long bits = 0;
        for (long word : words) {
            bits += Long.bitCount(word);
        }
        return bits;
    }

    /** Whether this is active in every hour in which the other is; neither is empty. */
    private boolean covers(HourHistory other) {
        if (newest < other.newest || first > other.first) {
            return false;
        }
        if (words == other.words) {
            return true;
        }
        long[] theirs = other.wordsAt(newest);
        for (int w = 0; w < WORDS; w++) {
            if ((theirs[w] & ~words[w]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The words without what is too old by then; not to be changed, they may be the history's own. */
    private long[] wordsAt(long hour) {
        return hour == newest ? words : wordsUpTo(hour);
    }

    /** A copy of the words, in which what is too old by then is gone. */
    private long[] wordsUpTo(long hour) {
        if (hour - newest >= KEPT) {
            return new long[WORDS];
        }
        long[] copy = words.clone();
        for (long passed = newest + 1; passed <= hour; passed++) {
            copy[word(passed)] &= ~(1L << passed);
        }
        return copy;
    }

    /** Whether this is what the other was, and perhaps more that came since. */
    public boolean continues(HourHistory other) {
        if (other.isEmpty()) {
            return true;
        }
        return !isEmpty() && covers(other);
    }

    /** Visits the active hours in {@code from <= hour < to}, oldest first. */
    public void forEachActive(long from, long to, LongConsumer visitor) {
        if (isEmpty()) {
            return;
        }
        for (long hour = Math.max(from, newest - KEPT + 1); hour < to && hour <= newest; hour++) {
            if (isActive(hour)) {
                visitor.accept(hour);
            }
        }
    }

    void save(SavedWriter out) {
        out.number(words.length);
        if (!isEmpty()) {
            out.number(first);
            out.number(newest);
            out.number(count);
            Arrays.stream(words).forEach(out::fixed);
        }
    }

    static HourHistory restore(SavedReader in) {
        int length = in.size();
        if (length != 0 && length != WORDS) {
            throw new SavedStateException("impossible length of a history: " + length);
        }
        if (length == 0) {
            return EMPTY;
        }
        long first = in.number();
        long newest = in.number();
        long count = in.number();
        long[] words = new long[WORDS];
        for (int w = 0; w < length; w++) {
            words[w] = in.fixed();
        }
        return new HourHistory(first, newest, count, words);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof HourHistory history && isSame(history));
    }

    private boolean isSame(HourHistory history) {
        return first == history.first
                && newest == history.newest
                && count == history.count
                && Arrays.equals(words, history.words);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first) * 31 + Long.hashCode(newest);
    }
}
