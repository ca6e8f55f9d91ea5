package io.grouppulse.rollup;

import io.grouppulse.domain.org.silence.KnownOutages;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the watch knows of outages: at once when one begins or ends, and how far T has come once a minute. */
final class OutageKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(OutageKeeper.class);
    private static final long PERIOD = 60_000;

    private final SilenceWatch watch;
    private final OutageDocument document;
    private KnownOutages kept = KnownOutages.NONE;
    private boolean restored;
    private boolean keeping;

    OutageKeeper(SilenceWatch watch, OutageDocument document) {
        this.watch = watch;
        this.document = document;
    }

    /** To be called before each judgement: a store that was claimed late is read by the first of them. */
    void restore() {
        if (!restored) {
            restored = true;
            kept = document.found();
            watch.restore(kept);
        }
    }

    /** To be called after each judgement. */
    void keep(Vertx vertx) {
        KnownOutages known = watch.outages();
        boolean same =
                known.downSince().equals(kept.downSince()) && known.past().equals(kept.past());
        if (!keeping && !known.equals(KnownOutages.NONE) && !(same && known.seenUntil() < kept.seenUntil() + PERIOD)) {
            write(vertx, known);
        }
    }

    /** What is known is kept for the next start. */
    Future<Void> close(Vertx vertx) {
        KnownOutages known = watch.outages();
        return known.equals(KnownOutages.NONE) ? Future.succeededFuture() : write(vertx, known);
    }

    private Future<Void> write(Vertx vertx, KnownOutages known) {
        keeping = true;
        // Also when it fails it waits for the next minute or change: to try each second would help nobody.
        kept = known;
        return vertx.<Void>executeBlocking(() -> {
                    document.replace(known);
                    return null;
                })
                .onFailure(cause -> LOG.warn("the outages could not be kept: {}", cause.toString()))
                .otherwiseEmpty()
                .onComplete(done -> keeping = false);
    }
}
