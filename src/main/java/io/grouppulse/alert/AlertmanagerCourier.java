package io.grouppulse.alert;

import io.grouppulse.alert.MessageFormat.Outgoing;
import io.grouppulse.domain.alert.Episode;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an Alertmanager how things stand: at once when they change, and again every 30 s while something fires and for
 * 15 minutes after, as Prometheus does. So nothing needs queueing: what it missed, the next round tells. Belongs to one
 * event loop.
 */
final class AlertmanagerCourier {
    static final long RESEND = 30_000;
    static final long RESOLVED_TOLD = 900_000;
    private static final String PATH = "/api/v2/alerts";
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerCourier.class);

    private final Receiver receiver;
    private final Poster poster;
    private final Backoff backoff;
    private final AlertMeters.Delivery meters;
    private boolean changed = true;
    private boolean busy;
    private long notBefore = Long.MIN_VALUE;
    private long resendAt = Long.MIN_VALUE;

    AlertmanagerCourier(Receiver receiver, Poster poster, Backoff backoff, AlertMeters.Delivery meters) {
        this.receiver = receiver;
        this.poster = poster;
        this.backoff = backoff;
        this.meters = meters;
    }

    /** The next round is not waited for. */
    void changed() {
        changed = true;
    }

    /** Begins a round if one is due at this wall clock time. */
    void tell(List<Episode> firing, List<Episode> resolved, long now) {
        if (busy || now < notBefore || (!changed && now < resendAt)) {
            return;
        }
        JsonArray alerts = AlertmanagerJson.of(
                firing.stream().filter(receiver::wants).toList(),
                resolved.stream()
                        .filter(episode -> now - episode.changedAt() < RESOLVED_TOLD)
                        .filter(receiver::wants)
                        .toList());
        changed = false;
        resendAt = now + RESEND;
        if (!alerts.isEmpty()) {
            post(alerts, now);
        }
    }

    private void post(JsonArray alerts, long now) {
        busy = true;
        poster.post(new Outgoing(endpoint(), alerts.encode(), Map.of()))
                .onSuccess(answer -> {
                    if (answer.status() / 100 == 2) {
                        meters.sent();
                        backoff.succeeded();
                    } else {
                        failed("answered " + answer.status(), now);
                    }
                })
                .onFailure(cause -> failed(Poster.reasonOf(cause), now))
                .onComplete(done -> busy = false);
    }

    /** The address given is that of the Alertmanager; the path of its API may be left out. */
    private String endpoint() {
        String url = receiver.url().toString().replaceAll("/+$", "");
        return url.endsWith(PATH) ? url : url + PATH;
    }

    private void failed(String why, long now) {
        meters.failed();
        changed = true;
        long wait = backoff.failed();
        notBefore = now + wait;
        LOG.warn("the Alertmanager {} was not told ({}), next attempt in {} ms", receiver.name(), why, wait);
    }
}
