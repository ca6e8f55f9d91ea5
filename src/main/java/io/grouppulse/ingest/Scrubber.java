package io.grouppulse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the values of {@code text} members out of refused input, sound JSON or not, so that no content of a chat is
 * kept. It rather hides too much. One for all the pieces of a body, in order: a text that a raw line break has cut
 * in two hides the pieces that follow until one looks like an object again.
 */
public final class Scrubber {
    private static final int MAX_BYTES = 8 * 1024;
    private static final String HIDDEN = "\"***\"";
    private static final Pattern TEXT_MEMBER = Pattern.compile(
            "(?<![A-Za-z0-9_])(?:t|\\\\u0074)(?:e|\\\\u0065)(?:x|\\\\u0078)(?:t|\\\\u0074)[\\\\\"']{0,4}\\s*:\\s*");

    private boolean inOpenText;

    /** At most 8 KiB of the piece, without its texts. */
    public String scrub(byte[] bytes, int from, int to) {
        String piece = new String(bytes, from, Math.min(to - from, MAX_BYTES), UTF_8);
        if (inOpenText && !piece.stripLeading().startsWith("{")) {
            return "***";
        }
        inOpenText = false;
        Matcher member = TEXT_MEMBER.matcher(piece);
        if (!member.find()) {
            return piece;
        }
        StringBuilder scrubbed = new StringBuilder(piece.length());
        int kept = 0;
        do {
            scrubbed.append(piece, kept, member.end()).append(HIDDEN);
            kept = valueEnd(piece, member.end());
        } while (kept < piece.length() && member.find(kept));
        return scrubbed.append(piece, kept, piece.length()).toString();
    }

    /** Where the value that starts at {@code from} is surely over. */
    private int valueEnd(String piece, int from) {
        if (from < piece.length() && (piece.charAt(from) == '"' || piece.charAt(from) == '\'')) {
            return stringEnd(piece, from);
        }
        return nestedEnd(piece, from);
    }

    /** A quote ends the string only if the object can go on after it: texts of bad producers hold bare quotes. */
    private int stringEnd(String piece, int from) {
        char quote = piece.charAt(from);
        for (int i = from + 1; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote && endsMember(piece, i + 1)) {
                return i + 1;
            }
        }
        inOpenText = true;
        return piece.length();
    }

    private static boolean endsMember(String piece, int from) {
        int at = from;
        while (at < piece.length() && Character.isWhitespace(piece.charAt(at))) {
            at++;
        }
        return at == piece.length() || piece.charAt(at) == ',' || piece.charAt(at) == '}' || piece.charAt(at) == ']';
    }

    private int nestedEnd(String piece, int from) {
        int depth = 0;
        boolean inString = false;
        for (int i = from; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == '{' || c == '[')) {
                depth++;
            } else if (!inString && (c == '}' || c == ']' || c == ',')) {
                if (depth == 0) {
                    return i;
                }
                depth -= c == ',' ? 0 : 1;
            }
        }
        inOpenText = true;
        return piece.length();
    }
}
