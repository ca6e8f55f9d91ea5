package io.grouppulse.domain.event;

import com.dynatrace.hash4j.hashing.Hashing;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a 接龙 text: head lines, then numbered lines such as {@code 1. name}, {@code 2、name} or {@code ３）name}.
 * Lines are compared after normalisation, so a copy with other widths or spaces is the same line; a line that carries
 * nothing after its number is a free place, and lines without a number below the first number belong to nobody. A line is
 * identified by whose it is and by how many other lines of the same person stand above it, so that it stays the same line
 * when its author edits the rest.
 */
public final class ChainText {
    private static final int MAX_NUMBER_DIGITS = 4;
    /** What the chat client writes above a list, by the language of whoever began it. */
    private static final List<String> MARKS = List.of("#接龙", "#接龍", "#group note");

    private static final Pattern AMOUNT = Pattern.compile("\\+[0-9]+|(?<![0-9A-Za-z])[0-9]+ ?\\p{IsHan}");

    private ChainText() {}

    /** What the text says, as hashes. */
    public static ChainPost parse(String text) {
        StringBuilder head = new StringBuilder();
        List<Long> lines = new ArrayList<>();
        Map<String, Map<String, Integer>> linesOfName = new HashMap<>();
        boolean inHead = true;
        for (String raw : (Iterable<String>)
                Normalizer.normalize(text, Normalizer.Form.NFKC).lines()::iterator) {
            String line = tidy(raw);
            int entry = entryStart(line);
            if (entry > 0) {
                inHead = false;
                addEntry(line.substring(entry), linesOfName, lines);
            } else if (inHead) {
                addHead(line, head);
            }
        }
        return new ChainPost(hash(head), lines);
    }

    private static void addHead(String line, StringBuilder head) {
        String said = line;
        for (String mark : MARKS) {
            if (line.regionMatches(true, 0, mark, 0, mark.length())) {
                said = line.substring(mark.length()).strip();
            }
        }
        if (!said.isEmpty()) {
            head.append(said).append('\n');
        }
    }

    private static void addEntry(String entry, Map<String, Map<String, Integer>> linesOfName, List<Long> lines) {
        String said = entry.strip();
        if (said.isEmpty()) {
            return;
        }
        String name = nameOf(said);
        Map<String, Integer> ofName = linesOfName.computeIfAbsent(name, n -> new HashMap<>(2));
        Integer place = ofName.putIfAbsent(said, ofName.size());
        lines.add(hash(name + '\n' + (place == null ? ofName.size() - 1 : place)));
    }

    /**
     * Whose a line is. One that begins with a Chinese name is that name's: {@code 李四 2份} and {@code 李四2份+1} are both
     * 李四's. Of any other line no more is left out than what says how much.
     */
    private static String nameOf(String said) {
        if (Character.isIdeographic(said.codePointAt(0))) {
            return said.substring(0, nameEnd(said));
        }
        String name = AMOUNT.matcher(said).replaceAll("").strip();
        return name.isEmpty() ? said : name;
    }

    private static int nameEnd(String said) {
        int at = 1;
        while (at < said.length() && said.charAt(at) != ' ') {
            char c = said.charAt(at);
            if ((isDigit(c) || c == '+') && Character.isIdeographic(said.charAt(at - 1))) {
                break;
            }
            at++;
        }
        return at;
    }

    /** Where the text after the number starts; 0 if the line has no number. */
    private static int entryStart(String line) {
        int at = 0;
        while (at < line.length() && isDigit(line.charAt(at))) {
            at++;
        }
        if (at == 0 || at > MAX_NUMBER_DIGITS) {
            return 0;
        }
        if (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        if (at == line.length()) {
            return 0;
        }
        return switch (line.charAt(at)) {
            case '、', ')' -> at + 1;
            // 1.5 is a decimal number in a head line, not the first entry
            case '.' -> at + 1 < line.length() && isDigit(line.charAt(at + 1)) ? 0 : at + 1;
            default -> 0;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** One space for each run of white space, none at the ends, no invisible format characters. */
    private static String tidy(String line) {
        StringBuilder tidy = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                if (!tidy.isEmpty() && tidy.charAt(tidy.length() - 1) != ' ') {
                    tidy.append(' ');
                }
            } else if (Character.getType(c) != Character.FORMAT) {
                tidy.append(c);
            }
        }
        return tidy.toString().strip();
    }

    private static long hash(CharSequence text) {
        return Hashing.xxh3_64().hashCharsToLong(text);
    }
}
