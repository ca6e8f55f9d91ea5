package io.grouppulse.eventlog;

import org.jspecify.annotations.Nullable;

/** How a store holds the ids of members: as they came, or as pseudonyms under one key. */
public final class IdsAsStored {
    /** As they came; any other text is the fingerprint of the key. */
    public static final String AS_THEY_CAME = "none";

    private IdsAsStored() {}

    /**
     * Why a store cannot be used with other settings than it was created with; null if they agree. Under another key every
     * member would be counted once more, as somebody else.
     */
    public static @Nullable String conflict(String created, String now) {
        if (created.equals(now)) {
            return null;
        }
        if (created.equals(AS_THEY_CAME)) {
            return "was created without privacy.key: remove that";
        }
        return "was created with " + (now.equals(AS_THEY_CAME) ? "" : "another ") + "privacy.key: give that again";
    }
}
