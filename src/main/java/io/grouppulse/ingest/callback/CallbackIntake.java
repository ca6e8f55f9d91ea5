package io.grouppulse.ingest.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.Scrubber;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ingest.decode.TimeRule;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Hands over what callbacks tell, under the same rules as events over HTTP. */
public final class CallbackIntake {
    private final Intake intake;
    private final Rejects rejects;
    private final EventScreen screen;
    private final LongSupplier clock;

    /** @param clock the wall clock, epoch milliseconds */
    public CallbackIntake(Intake intake, Rejects rejects, TimeRule timeRule, LongSupplier clock) {
        this.intake = intake;
        this.rejects = rejects;
        this.screen = new EventScreen(intake, rejects, timeRule, clock);
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Keeps what a caller with a right signature said and nobody could read, so that it can be read back. */
    void keep(String source, RefusedCallback refused) {
        String said = refused.proven();
        if (said != null) {
            byte[] bytes = said.getBytes(UTF_8);
            Rejection rejection =
                    new Rejection(Rejection.Code.MALFORMED_JSON, null, null, String.valueOf(refused.getMessage()));
            rejects.add(rejection, source, new Scrubber(), bytes, 0, bytes.length);
        }
    }

    /**
     * Completes when the events are durable; those that break a rule go to the rejects and hold up nothing, for the
     * caller would only send them again.
     */
    Future<Void> take(String source, Callback callback) {
        if (callback.events().isEmpty()) {
            return Future.succeededFuture();
        }
        if (!intake.hasRoom()) {
            callback.onLost().run();
            return Future.failedFuture(
                    new RefusedCallback(RefusedCallback.Reason.OVERLOADED, "The monitor cannot keep up; call again."));
        }
        List<GroupInput> inputs = new ArrayList<>();
        for (JsonObject json : callback.events()) {
            GroupEvent event = screen.read(json.toBuffer().getBytes(), source);
            if (event != null) {
                inputs.add(event);
            }
        }
        return intake.take(inputs, false)
                .onSuccess(receipt -> callback.onDurable().run())
                .onFailure(cause -> callback.onLost().run())
                .mapEmpty();
    }
}
