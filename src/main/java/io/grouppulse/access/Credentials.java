package io.grouppulse.access;

import org.jspecify.annotations.Nullable;

/** One kind of credentials. Thread-safe. */
interface Credentials {
    /** The longest token that is looked at, characters. */
    int LONGEST = 8 * 1024;

    /** Who a token stands for now; null if it is none of this kind, not valid, or over. Never throws. */
    @Nullable Principal verify(String token);

    /**
     * Looks whether what it knows has changed, and takes it over if it is sound; blocks. What cannot be read leaves
     * what was known before in force.
     *
     * @return whether anything changed, so that who was let in before may not be now
     */
    boolean refresh();
}
