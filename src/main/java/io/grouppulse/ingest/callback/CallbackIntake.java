package io.grouppulse.ingest.callback;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.Scrubber;
import io.grouppulse.ingest.decode.EventDecoder;
import io.grouppulse.ingest.decode.TimeRule;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Hands over what callbacks tell, under the same rules as events over HTTP. */
public final class CallbackIntake {
    private static final ThreadLocal<EventDecoder> DECODER = ThreadLocal.withInitial(EventDecoder::new);

    private final Intake intake;
    private final Rejects rejects;
    private final TimeRule timeRule;
    private final LongSupplier clock;

    /** @param clock the wall clock, epoch milliseconds */
    public CallbackIntake(Intake intake, Rejects rejects, TimeRule timeRule, LongSupplier clock) {
        this.intake = intake;
        this.rejects = rejects;
        this.timeRule = timeRule;
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
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
        callback.events().forEach(event -> screen(source, event, inputs));
        return intake.take(inputs, false)
                .onSuccess(receipt -> callback.onDurable().run())
                .onFailure(cause -> callback.onLost().run())
                .mapEmpty();
    }

    private void screen(String source, JsonObject json, List<GroupInput> inputs) {
        byte[] bytes = json.toBuffer().getBytes();
        EventDecoder decoder = DECODER.get();
        GroupEvent event = decoder.decode(bytes, 0, bytes.length, EventDecoder.Shape.PLAIN, source);
        Rejection rejection =
                event == null ? decoder.rejection() : timeRule.check(event, intake.asOf(), clock.getAsLong());
        if (event != null && rejection == null) {
            inputs.add(event);
        } else if (rejection != null) {
            rejects.add(rejection, source, new Scrubber(), bytes, 0, bytes.length);
        }
    }
}
