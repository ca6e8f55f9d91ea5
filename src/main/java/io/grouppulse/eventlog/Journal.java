package io.grouppulse.eventlog;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The newest lines of something, a bounded number of them; older ones are forgotten. Blocks. */
public interface Journal {
    /** Hands over what is kept, oldest first. */
    void load(Consumer<String> receiver) throws IOException;

    /** Adds lines, none of which holds a line break. */
    void append(List<String> lines) throws IOException;

    /**
     * Keeps these lines in place of all that were kept. After a failure the call may be repeated.
     *
     * @throws DocumentChangedException if others may append to it too, and one has since it was last loaded here
     */
    void replace(List<String> lines) throws IOException;

    /** Where it is, for messages. */
    String place();
}
