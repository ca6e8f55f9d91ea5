package io.grouppulse.eventlog.embedded;

import java.nio.file.Path;

/**
 * An unfinished last block that a crash left behind and that was cut off; nobody had been told that it was durable.
 *
 * @param offset where it began, now the end of the file
 * @param bytes how much was cut off
 */
public record TornTail(Path file, long offset, long bytes) {}
