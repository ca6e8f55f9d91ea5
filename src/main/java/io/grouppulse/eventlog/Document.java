package io.grouppulse.eventlog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One small thing that is kept and replaced as a whole: after a crash it is the old one or the new one. Blocks. */
public interface Document {
    /** What was last kept, or null. */
    byte @Nullable [] read() throws IOException;

    /**
     * Returns once it is as durable as the store makes things.
     *
     * @throws DocumentChangedException if others may replace it too, and one has since it was last read here
     */
    void replace(byte[] content) throws IOException;

    /** Whether another process may have replaced it since it was last read or replaced here. */
    default boolean isChanged() throws IOException {
        return false;
    }

    /** Where it is, for messages. */
    String place();
}
