package io.grouppulse.publish.query;

import io.grouppulse.access.Principal;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.Paths;
import io.grouppulse.http.Reads;
import io.grouppulse.publish.ReportFormat;
import io.grouppulse.publish.ReportWords;
import io.grouppulse.publish.SaleReport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The report of a campaign as a page and as a table. */
final class SaleReportRoutes {
    private static final String BEFORE = "/api/v1/campaigns/";
    private static final String REPORT = "/report";

    private final QueryContext context;
    private final SaleReport report;

    SaleReportRoutes(QueryContext context) {
        this.context = context;
        this.report = new SaleReport(context.shards(), context.calendar(), context.campaigns(), context.plans());
    }

    void mount(Router router) {
        Reads.at(router, BEFORE + ":id" + REPORT).handler(ctx -> answer(ctx, REPORT, accepted(ctx)));
        Reads.at(router, BEFORE + ":id" + REPORT + ".html")
                .handler(ctx -> answer(ctx, REPORT + ".html", ReportFormat.HTML));
        Reads.at(router, BEFORE + ":id" + REPORT + ".csv")
                .handler(ctx -> answer(ctx, REPORT + ".csv", ReportFormat.CSV));
    }

    /** A table for whoever asks for one and not for a page; a page for everybody else. */
    private static ReportFormat accepted(RoutingContext ctx) {
        String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/csv") && !accept.contains("text/html")
                ? ReportFormat.CSV
                : ReportFormat.HTML;
    }

    private void answer(RoutingContext ctx, String suffix, ReportFormat format) {
        ctx.response()
                .putHeader("Content-Security-Policy", ReportFormat.CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        QueryRoutes.answer(ctx, format.mediaType(), () -> read(ctx, suffix, format));
    }

    private Future<@Nullable Buffer> read(RoutingContext ctx, String suffix, ReportFormat format) throws BadInput {
        Params params = new Params(ctx.queryParams(), Set.of("lang"));
        ReportWords words = ReportWords.ofWireName(params.text("lang", "zh"));
        if (words == null) {
            throw BadInput.badField("lang", "lang must be zh or en");
        }
        String id = Paths.between(ctx, BEFORE, suffix);
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> report.write(
                        id,
                        now.asOf(),
                        format,
                        words,
                        context.campaignsSeenBy(Principal.of(ctx).orgs())))
                .map(text -> text == null ? null : Buffer.buffer(text));
    }
}
