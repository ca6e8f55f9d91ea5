package io.grouppulse.ingest.http;

import io.grouppulse.ingest.decode.TimeRule;

/**
 * What ingest over HTTP may take.
 *
 * @param maxBody {@code ingest.max_body}: most bytes of one body, as sent and as unpacked
 * @param maxHeld most bytes of events that all requests together may hold before new ones are asked to come later
 * @param batchEvents events after which a batch is handed over
 * @param batchBytes bytes of events after which a batch is handed over
 */
public record IngestSettings(long maxBody, long maxHeld, int batchEvents, int batchBytes, TimeRule timeRule) {

    /** The defaults with the given limits in time. */
    public static IngestSettings defaults(TimeRule timeRule) {
        return new IngestSettings(64L * 1024 * 1024, 64L * 1024 * 1024, 1_000, 256 * 1024, timeRule);
    }
}
