package io.grouppulse.ingest.http;

import io.grouppulse.access.Visibility;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.decode.EventDecoder;
import java.util.function.LongSupplier;

/**
 * What all requests with events share.
 *
 * @param clock the wall clock, epoch milliseconds
 */
record IngestRoom(
        IngestSettings settings,
        Intake intake,
        Rejects rejects,
        LongSupplier clock,
        HeldBytes held,
        Visibility visibility) {
    private static final ThreadLocal<EventDecoder> DECODER = ThreadLocal.withInitial(EventDecoder::new);

    /** The decoder of this event loop; it holds nothing between two events. */
    EventDecoder decoder() {
        return DECODER.get();
    }

    boolean hasRoom() {
        return intake.hasRoom() && held.now() < settings.maxHeld();
    }
}
