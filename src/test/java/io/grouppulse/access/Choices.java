package io.grouppulse.access;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shapes that a regular expression of groups and choices allows, such as that of the topics in the AsyncAPI document. */
final class Choices {
    private Choices() {}

    /** What a pattern allows, each choice written out, the innermost first. */
    static List<String> of(String pattern) {
        int end = pattern.indexOf(')');
        if (end < 0) {
            return List.of(pattern);
        }
        int begin = pattern.lastIndexOf('(', end);
        String before = pattern.substring(0, begin);
        // The choice as far as it goes: of a group within a choice, only that choice is multiplied.
        int from = Math.max(before.lastIndexOf('|'), before.lastIndexOf('(')) + 1;
        int to = endOfChoice(pattern, end + 1);
        String inner = Stream.of(pattern.substring(begin + 1, end).split("\\|", -1))
                .map(choice -> pattern.substring(from, begin) + choice + pattern.substring(end + 1, to))
                .collect(Collectors.joining("|"));
        if (begin == 0) {
            return List.of(inner.split("\\|", -1));
        }
        return of(pattern.substring(0, from) + inner + pattern.substring(to));
    }

    /** Where the choice that goes on at a place ends: at the next bar or bracket of its own level. */
    private static int endOfChoice(String pattern, int from) {
        int depth = 0;
        for (int i = from; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (depth == 0 && (c == '|' || c == ')')) {
                return i;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return pattern.length();
    }
}
