package io.grouppulse.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Strings that come again and again, such as the names of types and groups, made once: a table of fixed size in which a
 * newcomer takes the place of whoever stood there, so that hostile input cannot fill it.
 */
final class TextCache {
    private static final int SLOTS = 4_096;
    private static final int MAX_LENGTH = 64;

    private final @Nullable String[] known = new @Nullable String[SLOTS];

    /** The text at which the parser stands. */
    String read(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > MAX_LENGTH) {
            return parser.getText();
        }
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String text = known[slot];
        if (text == null || !isSame(text, chars, from, length)) {
            text = new String(chars, from, length);
            known[slot] = text;
        }
        return text;
    }

    private static boolean isSame(String text, char[] chars, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
