package io.grouppulse.ingest.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What came to the doors. Sources are those of the settings, so that callers cannot make up labels. */
public final class CallbackMeters {
    private final MeterRegistry registry;

    public CallbackMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A roster of which the monitor cannot prove that it is complete; it should be put anew. */
    public void rosterGap(String source, String reason) {
        Counter.builder("grouppulse.roster.gaps")
                .description(
                        "Changes of members that did not follow from the one before: the roster should be put anew")
                .tag("source", source)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    void answered(String source, Callback.Result result) {
        Counter.builder("grouppulse.callbacks")
                .description("Callbacks answered with thanks")
                .tag("source", source)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void refused(String source, RefusedCallback.Reason reason) {
        Counter.builder("grouppulse.callbacks.refused")
                .description("Callbacks refused")
                .tag("source", source)
                .tag("reason", reason.wireName())
                .register(registry)
                .increment();
    }
}
