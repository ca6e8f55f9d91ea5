package io.grouppulse.eventlog;

/** Is told by the log's writer thread what each group commit took; must be quick. */
public interface AppendListener {
    AppendListener NONE = new AppendListener() {};

    /**
     * Entries became durable.
     *
     * @param bytes what was written for them
     * @param nanos since the first of them was appended
     */
    default void appended(int entries, long bytes, long nanos) {}

    /** One force of a file to the disk ended, well or not. */
    default void forced(long nanos) {}

    /** Entries could not be made durable. */
    default void failed(int entries) {}
}
