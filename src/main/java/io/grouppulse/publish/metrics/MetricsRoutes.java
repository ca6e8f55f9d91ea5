package io.grouppulse.publish.metrics;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Overview;
import io.grouppulse.http.Reads;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: Prometheus text, or OpenMetrics for who accepts it. */
public final class MetricsRoutes {
    /** The monitor's own meters are shown whatever the roll-up does. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final MeasureCollector collector;
    private final BooleanSupplier leads;

    /** @param leads whether this node shows the measures: of several that show the same, Prometheus would add them up */
    public MetricsRoutes(
            Vertx vertx, PrometheusMeterRegistry registry, MeasureCollector collector, BooleanSupplier leads) {
        this.leads = leads;
        this.vertx = vertx;
        this.registry = registry;
        this.collector = collector;
    }

    public void mount(Router router) {
        Reads.at(router, "/metrics").handler(this::scrape);
    }

    private void scrape(RoutingContext ctx) {
        String type = typeFor(ctx.parsedHeaders().accept());
        Future<@Nullable Overview> measures = leads.getAsBoolean()
                ? vertx.eventBus()
                        .<Overview>request(Feeds.ASK, collector.question(), Feeds.options())
                        .<@Nullable Overview>map(Message::body)
                        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .otherwiseEmpty()
                : Future.succeededFuture(null);
        measures.compose(answer -> vertx.executeBlocking(
                        () -> {
                            collector.show(answer);
                            return registry.scrape(type);
                        },
                        false))
                .onSuccess(text ->
                        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(text))
                .onFailure(ctx::fail);
    }

    /** OpenMetrics for who names it and would not rather have text. */
    private static String typeFor(List<MIMEHeader> accepted) {
        float open = 0;
        float text = 0;
        for (MIMEHeader type : accepted) {
            String name = type.component() + "/" + type.subComponent();
            if (name.equalsIgnoreCase("application/openmetrics-text")) {
                open = Math.max(open, type.weight());
            } else if (name.equalsIgnoreCase("text/plain")) {
                text = Math.max(text, type.weight());
            }
        }
        return open > 0 && open >= text ? OPEN_METRICS : TEXT;
    }
}
