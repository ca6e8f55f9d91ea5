package io.grouppulse.domain.event;

/** What ids, names and other strings may consist of. */
public final class Names {
    private Names() {}

    /** 1 to {@code max} characters (code points), without control characters and unpaired surrogates. */
    public static boolean isName(String text, int max) {
        if (text.isEmpty() || text.length() > 2 * max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return hasPairedSurrogates(text) && (text.length() <= max || text.codePointCount(0, text.length()) <= max);
    }

    public static boolean hasPairedSurrogates(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
            at += Character.charCount(point);
        }
        return true;
    }

    /** The text fit to be shown in a message: at most {@code max} characters, nothing that cannot be encoded. */
    public static String shown(String text, int max) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int count = 0; at < text.length() && count < max; count++) {
            int point = text.codePointAt(at);
            boolean odd = Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
            shown.appendCodePoint(odd ? '\uFFFD' : point);
            at += Character.charCount(point);
        }
        return at < text.length() ? shown.append('…').toString() : shown.toString();
    }
}
