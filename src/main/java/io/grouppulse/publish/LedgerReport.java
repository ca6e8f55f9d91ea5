package io.grouppulse.publish;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskLedger;
import io.grouppulse.bus.Messages.Ledger;
import io.grouppulse.bus.Messages.LedgerLine;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.domain.signal.orderrain.OrderEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The orders behind the numbers of a stretch of time: one line for each order that adds to any of them, with what it
 * adds. The lines sum to the measures of the stretch.
 */
public final class LedgerReport {
    private static final Comparator<LedgerLine> IN_TIME = Comparator.comparingLong(LedgerReport::begun)
            .thenComparing(LedgerLine::group)
            .thenComparing(line -> line.order().source())
            .thenComparing(line -> line.order().order());

    private final Shards shards;

    public LedgerReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads the lines of {@code from <= ts < to}, oldest order first.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable List<LedgerLine>> read(Scope scope, long from, long to) {
        AskLedger question = new AskLedger(scope.group(), scope.org(), from, to);
        return shards.<Ledger>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(Ledger::known)) {
                return null;
            }
            List<LedgerLine> lines = new ArrayList<>();
            answers.forEach(answer -> lines.addAll(answer.lines()));
            lines.sort(IN_TIME);
            return lines;
        });
    }

    private static long begun(LedgerLine line) {
        OrderEntry order = line.order();
        return Math.min(order.createdAt(), Math.min(order.paidAt(), order.cancelledAt()));
    }

    /** One line; the member is masked unless the reader may see ids, the order is not: it is what a shop looks up. */
    public static JsonObject json(LedgerLine line, View view) {
        OrderEntry order = line.order();
        Counts counts = order.counts();
        return new JsonObject()
                .put("group", line.group())
                .put("source", order.source())
                .put("order", order.order())
                .put("member", OrderJson.shown(line.member(), view))
                .put("createdAt", timeOrNull(order.createdAt()))
                .put("paidAt", timeOrNull(order.paidAt()))
                .put("cancelledAt", timeOrNull(order.cancelledAt()))
                .put("item", order.item())
                .put("share", order.share())
                .put("channel", order.channel())
                .put("ordersCreated", counts.get(Column.ORDERS_CREATED))
                .put("ordersPaid", counts.get(Column.ORDERS_PAID))
                .put("ordersCancelled", counts.get(Column.ORDERS_CANCELLED))
                .put("gmvCreated", counts.get(Column.GMV_CREATED))
                .put("gmvPaid", counts.get(Column.GMV_PAID))
                .put("refunds", counts.get(Column.REFUNDS))
                .put("gmvNet", OrderMeasure.GMV_NET.applyAsLong(counts))
                .put("unpriced", counts.get(Column.UNPRICED))
                .put("unpaid", counts.get(Column.UNPAID));
    }

    private static @Nullable Long timeOrNull(long ts) {
        return ts == OrderEntry.NEVER ? null : ts;
    }
}
