package io.grouppulse.domain.signal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On how many customers the talk of T's day rests, immutable; at a node a speaker is a membership.
 *
 * @param messages messages of customers
 * @param squaredMessages the sum of the squares of each speaker's number of messages
 * @param loudest numbers of messages of the three who sent most, descending; fewer if fewer spoke
 * @param lurkers members without a message
 * @param thriceDaily customers with an interaction in at least three of the six four-hour parts of the day
 */
public record BreadthReading(long messages, long squaredMessages, List<Long> loudest, long lurkers, long thriceDaily) {
    public static final BreadthReading NONE = new BreadthReading(0, 0, List.of(), 0, 0);

    private static final int LOUDEST = 3;
    private static final long HOLLOW_MEMBERS = 20;
    private static final double HOLLOW_SPEAKERS = 5;

    public BreadthReading {
        loudest = List.copyOf(loudest);
    }

    /** How many equally loud speakers would be as concentrated; null without messages. */
    public @Nullable Double effectiveSpeakers() {
        return messages == 0 ? null : (double) messages * messages / squaredMessages;
    }

    public long messagesOfLoudest() {
        return loudest.stream().mapToLong(Long::longValue).sum();
    }

    /** Whether, of so many members, at least four in five are silent and fewer than five carry the talk. */
    public boolean isHollow(long members) {
        Double speakers = effectiveSpeakers();
        return members >= HOLLOW_MEMBERS
                && 5 * lurkers >= 4 * members
                && (speakers == null || speakers < HOLLOW_SPEAKERS);
    }

    /** Adds up speakers, or groups. */
    public static final class Sum {
        private final List<Long> loudest = new ArrayList<>();
        private long messages;
        private long squaredMessages;
        private long lurkers;
        private long thriceDaily;

        /** Someone with so many messages, at least one. */
        public void addSpeaker(long count) {
            messages += count;
            squaredMessages += count * count;
            rank(count);
        }

        public void addThriceDaily() {
            thriceDaily++;
        }

        public void addLurkers(long count) {
            lurkers += count;
        }

        public void add(BreadthReading group) {
            messages += group.messages;
            squaredMessages += group.squaredMessages;
            lurkers += group.lurkers;
            thriceDaily += group.thriceDaily;
            group.loudest.forEach(this::rank);
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

        public BreadthReading read() {
            return new BreadthReading(messages, squaredMessages, loudest, lurkers, thriceDaily);
        }
    }
}
