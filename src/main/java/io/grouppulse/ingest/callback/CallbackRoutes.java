package io.grouppulse.ingest.callback;

import io.grouppulse.http.Problem;
import io.grouppulse.http.Reads;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /callbacks/wecom/{source}} and {@code /callbacks/shop/{source}}. They stand outside of access control: each
 * caller proves itself by its own signature. Callers give up after 5 s and come again, so the answer comes before that.
 */
public final class CallbackRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackRoutes.class);
    private static final long MAX_BODY = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int RETRY_SECONDS = 5;

    private final Map<String, CallbackDoor> wecom;
    private final Map<String, CallbackDoor> shops;
    private final CallbackIntake intake;
    private final CallbackMeters meters;
    private final Duration patience;

    /** @param wecom by source; so are {@code shops} */
    public CallbackRoutes(
            Map<String, CallbackDoor> wecom,
            Map<String, CallbackDoor> shops,
            CallbackIntake intake,
            CallbackMeters meters) {
        this(wecom, shops, intake, meters, PATIENCE);
    }

    /** @param patience after which a caller is told to come again */
    CallbackRoutes(
            Map<String, CallbackDoor> wecom,
            Map<String, CallbackDoor> shops,
            CallbackIntake intake,
            CallbackMeters meters,
            Duration patience) {
        this.wecom = Map.copyOf(wecom);
        this.shops = Map.copyOf(shops);
        this.intake = intake;
        this.meters = meters;
        this.patience = patience;
    }

    public void mount(Router router) {
        mount(router, "/callbacks/wecom/:source", wecom);
        mount(router, "/callbacks/shop/:source", shops);
    }

    private void mount(Router router, String path, Map<String, CallbackDoor> doors) {
        Reads.at(router, path).handler(ctx -> verify(ctx, find(doors, ctx)));
        router.post(path).handler(CallbackRoutes::readNoForm);
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(ctx -> take(ctx, find(doors, ctx)));
    }

    /** Many a caller names the type that its library names by default; a body is read as it stands, whatever it is called. */
    private static void readNoForm(RoutingContext ctx) {
        ctx.request().headers().remove(HttpHeaders.CONTENT_TYPE);
        ctx.next();
    }

    private static @Nullable CallbackDoor find(Map<String, CallbackDoor> doors, RoutingContext ctx) {
        return doors.get(String.valueOf(ctx.pathParam("source")));
    }

    private void verify(RoutingContext ctx, @Nullable CallbackDoor door) {
        if (door == null) {
            unknown(ctx);
            return;
        }
        try {
            String answer = door.verify(request(ctx));
            if (answer == null) {
                Problem.of(404, "not_found", "This source asks nothing; it only tells.")
                        .write(ctx);
            } else {
                thank(ctx, answer);
            }
        } catch (RefusedCallback e) {
            refuse(ctx, door, e);
        }
    }

    private void take(RoutingContext ctx, @Nullable CallbackDoor door) {
        if (door == null) {
            unknown(ctx);
            return;
        }
        try {
            Callback callback = door.read(request(ctx));
            intake.take(door.source(), callback)
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .onSuccess(taken -> {
                        meters.answered(door.source(), callback.result());
                        thank(ctx, door.thanks());
                    })
                    .onFailure(cause -> refuse(ctx, door, refusal(cause)));
        } catch (RefusedCallback e) {
            refuse(ctx, door, e);
        }
    }

    private static RefusedCallback refusal(Throwable cause) {
        if (cause instanceof RefusedCallback refused) {
            return refused;
        }
        LOG.debug("callback not durable in time cause={}", cause.toString());
        return new RefusedCallback(
                RefusedCallback.Reason.LOG_UNAVAILABLE, "The log did not take it in time; call again.");
    }

    private void refuse(RoutingContext ctx, CallbackDoor door, RefusedCallback refused) {
        RefusedCallback.Reason reason = refused.reason();
        meters.refused(door.source(), reason);
        intake.keep(door.source(), refused);
        Problem problem = Problem.of(reason.status(), reason.wireName(), String.valueOf(refused.getMessage()));
        (reason.status() == 503 ? problem.retryAfter(RETRY_SECONDS) : problem).write(ctx);
    }

    private static void thank(RoutingContext ctx, String body) {
        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, body.startsWith("{") ? "application/json" : "text/plain");
        ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(body);
    }

    private static void unknown(RoutingContext ctx) {
        Problem.of(404, "not_found", "No source of this name calls back here.").write(ctx);
    }

    private CallbackRequest request(RoutingContext ctx) {
        Buffer body = ctx.body() == null ? null : ctx.body().buffer();
        return new CallbackRequest(
                map(ctx.queryParams()),
                map(ctx.request().headers()),
                body == null ? Buffer.buffer() : body,
                intake.now());
    }

    /** The first value of each name, names in lower case. */
    private static Map<String, String> map(MultiMap values) {
        Map<String, String> map = new HashMap<>();
        values.forEach(entry -> map.putIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return map;
    }
}
