package io.grouppulse.publish.query;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.Board;
import io.grouppulse.publish.BoardReport;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rankings by scope, window and measure. */
final class BoardQuery {
    private final QueryContext context;
    private final BoardReport report;

    BoardQuery(QueryContext context) {
        this.context = context;
        this.report = context.boards();
    }

    /** @param name what is ranked, as the path says it; null answers that there is no such board */
    Future<@Nullable JsonObject> read(String name, MultiMap query, View view) throws BadInput {
        Params params = new Params(query, Set.of("scope", "window", "by", "limit"));
        Board.Kind kind = Board.Kind.ofWireName(name);
        if (kind == null) {
            return Future.succeededFuture(null);
        }
        Scope scope = params.scope(view.reach());
        if (!Board.isRanked(kind, scope)) {
            throw BadInput.badField("scope", "groups are ranked within org:{path}");
        }
        String window = params.text("window", "today");
        if (!report.windowNames().contains(window)) {
            throw BadInput.badField("window", "window must be one of " + report.windowNames());
        }
        List<String> measures = Board.measures(kind);
        String by = params.text("by", measures.get(0));
        if (!measures.contains(by)) {
            throw BadInput.badField("by", "by must be one of " + measures);
        }
        int limit = params.limit();
        Board board = new Board(kind, scope, window, by);
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> report.read(board, now.asOf(), limit, view)
                        .map(read -> read == null
                                ? null
                                : QueryRoutes.list(now.asOf(), read.getJsonArray("items"))
                                        .put("top2Share", read.getValue("top2Share"))
                                        .put("scope", scope.text())
                                        .put("window", window)
                                        .put("by", by)));
    }
}
