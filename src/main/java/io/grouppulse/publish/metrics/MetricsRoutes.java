package io.grouppulse.publish.metrics;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskOrgs;
import io.grouppulse.bus.Messages.Orgs;
import io.grouppulse.http.Reads;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: Prometheus text, or OpenMetrics for who accepts it. */
public final class MetricsRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final MeasureCollector collector;

    public MetricsRoutes(Vertx vertx, PrometheusMeterRegistry registry, MeasureCollector collector) {
        this.vertx = vertx;
        this.registry = registry;
        this.collector = collector;
    }

    public void mount(Router router) {
        Reads.at(router, "/metrics").handler(this::scrape);
    }

    private void scrape(RoutingContext ctx) {
        String type = typeFor(ctx.request().getHeader(HttpHeaders.ACCEPT));
        vertx.eventBus()
                .<Orgs>request(Feeds.ASK, new AskOrgs(), Feeds.options())
                .compose(answer -> vertx.executeBlocking(
                        () -> {
                            collector.show(answer.body());
                            return registry.scrape(type);
                        },
                        false))
                .onSuccess(text ->
                        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(text))
                .onFailure(ctx::fail);
    }

    private static String typeFor(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }
}
