package io.grouppulse.ingest.decode;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.Scrubber;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads events that come one by one from sources that are not told what was wrong with them: what breaks a rule goes to
 * the rejects. Thread-safe.
 */
public final class EventScreen {
    private static final ThreadLocal<EventDecoder> DECODER = ThreadLocal.withInitial(EventDecoder::new);

    private final Intake intake;
    private final Rejects rejects;
    private final TimeRule timeRule;
    private final LongSupplier clock;

    /** @param clock the wall clock, epoch milliseconds */
    public EventScreen(Intake intake, Rejects rejects, TimeRule timeRule, LongSupplier clock) {
        this.intake = intake;
        this.rejects = rejects;
        this.timeRule = timeRule;
        this.clock = clock;
    }

    /**
     * The event, or null if it was rejected.
     *
     * @param source who sent it; of events that name no source, their source
     */
    public @Nullable GroupEvent read(byte[] json, String source) {
        EventDecoder decoder = DECODER.get();
        GroupEvent event = decoder.decode(json, 0, json.length, EventDecoder.Shape.PLAIN, source);
        Rejection rejection =
                event == null ? decoder.rejection() : timeRule.check(event, intake.asOf(), clock.getAsLong());
        if (rejection == null) {
            return event;
        }
        rejects.add(rejection, source, new Scrubber(), json, 0, json.length);
        return null;
    }
}
