package io.grouppulse.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a credential allows: the words of the claim {@code scope}. */
public enum Right {
    INGEST,
    READ,
    ADMIN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rights among some words; words of other systems are passed over. */
    static Set<Right> among(Iterable<String> words) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : words) {
            for (Right right : values()) {
                if (right.wireName().equals(word)) {
                    rights.add(right);
                }
            }
        }
        return rights;
    }
}
