package io.grouppulse.domain.event;

import java.util.List;

/**
 * What a 接龙 text said, without the text: which list it continues and its numbered lines, as hashes.
 *
 * @param head hash of the lines before the first number: the identity of the list
 * @param lines hash of each numbered line, its number left out, in order of appearance
 */
public record ChainPost(long head, List<Long> lines) {
    public ChainPost {
        lines = List.copyOf(lines);
    }
}
