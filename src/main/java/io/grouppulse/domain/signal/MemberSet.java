package io.grouppulse.domain.signal;

import java.util.Arrays;

/** A set of members by their small indexes: a bit each. */
public final class MemberSet {
    private static final long[] NOBODY = {};

    private long[] words = NOBODY;

    public boolean contains(int member) {
        int word = member >> 6;
        return word < words.length && (words[word] & 1L << member) != 0;
    }

    public void set(int member, boolean isIn) {
        int word = member >> 6;
        if (isIn) {
            words = word < words.length ? words : Arrays.copyOf(words, word + 1);
            words[word] |= 1L << member;
        } else if (word < words.length) {
            words[word] &= ~(1L << member);
        }
    }

    public void addAll(MemberSet others) {
        words = Arrays.copyOf(words, Math.max(words.length, others.words.length));
        for (int word = 0; word < others.words.length; word++) {
            words[word] |= others.words[word];
        }
    }

    /** How many are in both. */
    public int countCommon(MemberSet other) {
        int common = 0;
        for (int word = Math.min(words.length, other.words.length) - 1; word >= 0; word--) {
            common += Long.bitCount(words[word] & other.words[word]);
        }
        return common;
    }
}
