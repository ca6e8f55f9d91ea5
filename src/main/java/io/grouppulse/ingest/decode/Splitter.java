package io.grouppulse.ingest.decode;

/** Cuts a body that arrives in chunks into the pieces that should each be one event. */
public interface Splitter {

    /** Takes the next chunk; the bytes are not kept. */
    void feed(byte[] bytes, int from, int to);

    /** The body is over. */
    void end();

    /** True if what was fed is a complete container even if nothing was in it: an empty array. */
    boolean isClosed();

    /** Receives the pieces in order. */
    interface Pieces {

        /** One piece; the bytes are only valid during the call. */
        void piece(byte[] bytes, int from, int to);

        /** A stretch of the body that cannot be an event, with the part of it that is worth showing. */
        void refused(String detail, byte[] bytes, int from, int to);
    }
}
