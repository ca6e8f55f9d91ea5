package io.grouppulse.abuse;

import java.io.IOException;

/** One way of wearing a server out. */
interface Abuse extends AutoCloseable {
    String name();

    /** Goes on by itself from here to {@link #close}. */
    void begin(int port) throws IOException;

    /** What came of it so far. */
    String outcome();

    /** Lets go of everything at once. */
    @Override
    void close() throws IOException;
}
