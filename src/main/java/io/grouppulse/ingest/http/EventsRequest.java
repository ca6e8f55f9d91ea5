package io.grouppulse.ingest.http;

import io.grouppulse.access.Principal;
import io.grouppulse.http.Problem;
import io.grouppulse.ingest.Intake.Receipt;
import io.grouppulse.ingest.decode.Splitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One body of events on its way in: read while there is room, handed over in batches, answered when all are durable.
 * Lives on the event loop of its request; holds two batches in flight, one in the making and one chunk at most.
 */
final class EventsRequest {
    private static final int MAX_IN_FLIGHT = 2;

    /** Why nothing more is read. */
    private enum End {
        NONE,
        COMPLETE,
        TROUBLE,
        GONE
    }

    private final RoutingContext ctx;
    private final Context context;
    private final IngestRoom room;
    private final boolean awaitApplied;
    private final Tally tally = new Tally();
    private final Screening screening;
    private final Splitter splitter;
    private final BodyCutter cutter;
    private End end = End.NONE;
    private @Nullable Problem trouble;
    private int inFlight;
    private boolean received;
    private boolean paused;
    private boolean advancing;
    private boolean answered;

    EventsRequest(RoutingContext ctx, IngestRoom room, BodyFormat format, boolean zipped, boolean awaitApplied) {
        this.ctx = ctx;
        this.context = ctx.vertx().getOrCreateContext();
        this.room = room;
        this.awaitApplied = awaitApplied;
        this.screening = new Screening(room, format.shape(), Principal.of(ctx), tally);
        this.splitter = format.splitter(screening);
        this.cutter = new BodyCutter(splitter, zipped, room.settings().maxBody(), room.held());
    }

    void start() {
        HttpServerRequest request = ctx.request();
        request.handler(this::onChunk);
        request.endHandler(v -> onEnd());
        request.exceptionHandler(e -> abandon());
        ctx.addEndHandler(v -> abandon());
        request.resume();
    }

    private void onChunk(Buffer chunk) {
        if (end == End.NONE) {
            cutter.offer(chunk.getBytes());
            pump();
        }
    }

    private void onEnd() {
        received = true;
        pump();
    }

    private void abandon() {
        if (!answered) {
            end = End.GONE;
            release();
        }
    }

    /** Goes as far as it can: reads, hands over, and answers when all is done. */
    private void pump() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean further = true;
            while (further) {
                further = end == End.NONE && advance();
            }
            if (end == End.COMPLETE && screening.hasBatch()) {
                submit();
            }
        } catch (RuntimeException e) {
            stop(Overload.failed(e));
        } finally {
            advancing = false;
        }
        if (end == End.NONE) {
            regulate();
        } else if (inFlight == 0 && (end != End.COMPLETE || !screening.hasBatch())) {
            answer();
        }
    }

    /** One step; false if something else has to happen first. */
    private boolean advance() {
        if (cutter.isTooLarge()) {
            stop(EventsHandler.tooLarge(room.settings()));
            return false;
        }
        if (screening.isBatchFull()) {
            return submit();
        }
        try {
            if (cutter.step()) {
                return true;
            }
            if (received) {
                cutter.end();
                end = End.COMPLETE;
            }
        } catch (ZipException e) {
            screening.refused(String.valueOf(e.getMessage()), new byte[0], 0, 0);
            end = End.COMPLETE;
        }
        return false;
    }

    private void stop(Problem problem) {
        if (end != End.GONE) {
            end = End.TROUBLE;
            trouble = trouble == null ? problem : trouble;
        }
    }

    private boolean submit() {
        if (inFlight == MAX_IN_FLIGHT) {
            return false;
        }
        if (!room.intake().hasRoom()) {
            stop(Overload.busy());
            return false;
        }
        Batch batch = screening.takeBatch();
        inFlight++;
        room.intake()
                .take(batch.inputs(), awaitApplied)
                .onComplete(receipt -> context.runOnContext(v -> onTaken(batch, receipt)));
        return true;
    }

    private void onTaken(Batch batch, AsyncResult<Receipt> receipt) {
        inFlight--;
        room.held().release(batch.bytes());
        if (receipt.succeeded()) {
            tally.accept(batch.size(), receipt.result().duplicates());
        } else {
            stop(Overload.failed(receipt.cause()));
        }
        pump();
    }

    /** The sender waits while a full batch does. */
    private void regulate() {
        boolean full = screening.isBatchFull();
        if (full && !paused) {
            paused = true;
            ctx.request().pause();
        } else if (!full && paused) {
            paused = false;
            ctx.request().resume();
        }
    }

    private void answer() {
        if (answered || end == End.GONE) {
            return;
        }
        answered = true;
        release();
        if (trouble != null) {
            trouble.with(tally.members()).write(ctx);
        } else if (!tally.hasReadable() && !(tally.isEmpty() && splitter.isClosed())) {
            String detail = tally.isEmpty() ? "The body is empty." : "Nothing in the body could be read as an event.";
            Problem.of(400, "malformed_json", detail).with(tally.members()).write(ctx);
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            ctx.response().end(tally.answer(awaitApplied).toBuffer());
        }
        Leftovers.discard(ctx.vertx(), ctx.request());
    }

    private void release() {
        cutter.close();
        room.held().release(screening.takeBatch().bytes());
    }
}
