package io.grouppulse.ingest.http;

import io.grouppulse.access.Principal;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Scrubber;
import io.grouppulse.ingest.decode.EventDecoder;
import io.grouppulse.ingest.decode.EventDecoder.Shape;
import io.grouppulse.ingest.decode.Splitter;
import org.jspecify.annotations.Nullable;

/** Looks at the pieces of one body: each becomes an event of the current batch or a rejection. */
final class Screening implements Splitter.Pieces {
    private final IngestRoom room;
    private final Shape shape;
    private final Principal sender;
    private final Tally tally;
    private final EventDecoder decoder;
    private final Scrubber scrubber = new Scrubber();
    private Batch batch = new Batch();

    Screening(IngestRoom room, Shape shape, Principal sender, Tally tally) {
        this.room = room;
        this.shape = shape;
        this.sender = sender;
        this.tally = tally;
        this.decoder = room.decoder();
    }

    @Override
    public void piece(byte[] bytes, int from, int to) {
        tally.count();
        GroupEvent event = decoder.decode(bytes, from, to, shape, sender.name());
        Rejection rejection = event == null ? decoder.rejection() : check(event);
        if (event != null && rejection == null) {
            batch.add(event, to - from);
            room.held().add(to - from);
        } else if (rejection != null) {
            reject(rejection, decoder.source(), bytes, from, to);
        }
    }

    @Override
    public void refused(String detail, byte[] bytes, int from, int to) {
        tally.count();
        Rejection rejection = new Rejection(Rejection.Code.MALFORMED_JSON, null, null, detail);
        reject(rejection, sender.name(), bytes, from, to);
    }

    boolean isBatchFull() {
        return batch.size() >= room.settings().batchEvents()
                || batch.bytes() >= room.settings().batchBytes();
    }

    boolean hasBatch() {
        return batch.size() > 0;
    }

    Batch takeBatch() {
        Batch taken = batch;
        batch = new Batch();
        return taken;
    }

    private @Nullable Rejection check(GroupEvent event) {
        if (event.type() != EventType.SOURCE_HEARTBEAT && !room.visibility().maySendFor(sender.orgs(), event.group())) {
            return new Rejection(
                    Rejection.Code.FORBIDDEN_ORG,
                    event.id(),
                    "group",
                    "the group does not stand in the part of the organisation of this credential");
        }
        return room.settings()
                .timeRule()
                .check(event, room.intake().asOf(), room.clock().getAsLong());
    }

    private void reject(Rejection rejection, String source, byte[] bytes, int from, int to) {
        tally.reject(rejection);
        room.rejects().add(rejection, source, scrubber, bytes, from, to);
    }
}
