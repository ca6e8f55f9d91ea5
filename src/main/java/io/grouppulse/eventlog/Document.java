package io.grouppulse.eventlog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One small thing that is kept and replaced as a whole: after a crash it is the old one or the new one. Blocks. */
public interface Document {
    /** What was last kept, or null. */
    byte @Nullable [] read() throws IOException;

    /** Returns once it is as durable as the store makes things. */
    void replace(byte[] content) throws IOException;

    /** Where it is, for messages. */
    String place();
}
