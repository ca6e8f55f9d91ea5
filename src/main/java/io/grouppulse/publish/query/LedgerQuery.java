package io.grouppulse.publish.query;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.LedgerLine;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.LedgerReport;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The orders behind a number, as NDJSON. */
final class LedgerQuery {
    private static final int MOST_LINES = 100_000;
    private static final long DEFAULT_SPAN = 86_400_000;

    private final QueryContext context;
    private final LedgerReport report;

    LedgerQuery(QueryContext context) {
        this.context = context;
        this.report = new LedgerReport(context.shards());
    }

    /** The lines, the oldest order first; null if there is no such scope. */
    Future<@Nullable Buffer> read(MultiMap query, View view) throws BadInput {
        Params params = new Params(query, Set.of("scope", "from", "to"));
        Scope scope = params.scope(view.reach());
        long to = params.time("to", Long.MAX_VALUE);
        long from = params.time("from", Long.MIN_VALUE);
        if (from >= to) {
            throw BadInput.badField("from", "from must be before to");
        }
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> report.read(scope, from == Long.MIN_VALUE ? begin(to, now.asOf()) : from, to))
                .compose(lines -> {
                    if (lines != null && lines.size() > MOST_LINES) {
                        return Future.failedFuture(BadInput.badField(
                                "from",
                                lines.size() + " orders: at most " + MOST_LINES
                                        + " a call, ask for less time or a smaller scope"));
                    }
                    return Future.succeededFuture(lines == null ? null : write(lines, view));
                });
    }

    /** A day before the end, or before T while the end is open. */
    private static long begin(long to, long asOf) {
        long end = to == Long.MAX_VALUE ? asOf : to;
        return end == Long.MIN_VALUE ? 0 : end - DEFAULT_SPAN;
    }

    private static Buffer write(List<LedgerLine> lines, View view) {
        Buffer body = Buffer.buffer();
        for (LedgerLine line : lines) {
            body.appendBuffer(LedgerReport.json(line, view).toBuffer()).appendByte((byte) '\n');
        }
        return body;
    }
}
