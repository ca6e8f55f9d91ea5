package io.grouppulse.publish;

import io.grouppulse.access.View;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskFirst;
import io.grouppulse.bus.Messages.AskJoins;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.JoinsFound;
import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.Foremost;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.domain.time.WindowSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rankings of groups, items, shares and channels by what was ordered, and of referrers by whom they brought, as of T. The
 * rows of a board, those without a name included, sum to the numbers of its scope.
 */
public final class BoardReport {
    private static final String TODAY = "today";
    private static final int TOP_PART = 50;

    private final Vertx vertx;
    private final Shards shards;
    private final List<WindowSpec> windows;
    private final ZoneId zone;

    public BoardReport(Vertx vertx, Shards shards, List<WindowSpec> windows, ZoneId zone) {
        this.vertx = vertx;
        this.shards = shards;
        this.windows = List.copyOf(windows);
        this.zone = zone;
    }

    /** What a board's window may be. */
    public List<String> windowNames() {
        List<String> names =
                new ArrayList<>(windows.stream().map(WindowSpec::name).toList());
        names.add(TODAY);
        return names;
    }

    /** One row before it is ranked; the empty key stands for what names none. */
    private record Row(String key, @Nullable String name, Numbers numbers) {
        long by(String measure) {
            return numbers.of(measure);
        }
    }

    /** What a row is ranked by and shown with; JSON is made of the few that are shown. */
    private interface Numbers {
        long of(String measure);

        JsonObject toJson();
    }

    private record Ordered(Counts counts, long buyers) implements Numbers {
        @Override
        public long of(String measure) {
            return of(OrderMeasure.named(measure));
        }

        /** Buyers are told apart: rows that are not of one group count them over several. */
        long of(OrderMeasure measure) {
            return measure == OrderMeasure.BUYERS ? buyers : measure.applyAsLong(counts);
        }

        @Override
        public JsonObject toJson() {
            return measures(counts, buyers);
        }
    }

    private record Brought(long invites, long stayed) implements Numbers {
        @Override
        public long of(String measure) {
            return measure.equals("invites") ? invites : stayed;
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject().put("invites", invites).put("stayed", stayed);
        }
    }

    /**
     * Reads a board, largest first, ties by name.
     *
     * @param view whether ids of referrers are shown as they are
     * @return {@code items} and {@code top2Share}; null if there is no such group or node, or no such window
     */
    public Future<@Nullable JsonObject> read(Board board, long asOf, int limit, View view) {
        if (!windowNames().contains(board.window())) {
            return Future.succeededFuture(null);
        }
        Future<@Nullable List<Row>> rows = switch (board.kind()) {
            case GROUPS -> groups(board, limit);
            case ITEMS -> orders(board, OrderTrait.ITEM, asOf);
            case SHARES -> orders(board, OrderTrait.SHARE, asOf);
            case CHANNELS -> orders(board, OrderTrait.CHANNEL, asOf);
            case REFERRERS -> referrers(board, asOf);
        };
        return rows.map(some -> some == null
                ? null
                : new JsonObject()
                        .put("items", rank(board.kind(), some, board.by(), limit, view))
                        .put("top2Share", board.kind() == Board.Kind.ITEMS ? top2Share(some) : null));
    }

    private Future<@Nullable List<Row>> groups(Board board, int limit) {
        int window = windowNames().indexOf(board.window());
        AskFirst question = new AskFirst(board.scope().org(), window, OrderMeasure.named(board.by()), limit);
        return vertx.eventBus()
                .<Groups>request(Feeds.ASK, question, Feeds.options())
                .map(Message::body)
                .map(answer -> answer.orgKnown()
                        ? answer.groups().stream()
                                .map(group -> row(group, window))
                                .toList()
                        : null);
    }

    private Row row(GroupReading group, int window) {
        Counts counts =
                window == windows.size() ? group.today() : group.windows().get(window);
        return new Row(group.group(), group.profile().name(), new Ordered(counts, counts.get(Column.BUYERS)));
    }

    private Future<@Nullable List<Row>> orders(Board board, OrderTrait trait, long asOf) {
        Scope scope = board.scope();
        long from = startOf(board.window(), asOf);
        return shards.orders(scope, Set.of(), trait, new Stretch(from, Long.MAX_VALUE))
                .map(sums -> sums == null ? null : rows(sums));
    }

    private Future<@Nullable List<Row>> referrers(Board board, long asOf) {
        Scope scope = board.scope();
        long from = startOf(board.window(), asOf);
        return shards.<JoinsFound>ask(scope, new AskJoins(scope.group(), scope.org(), from, Long.MAX_VALUE))
                .map(answers -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(JoinsFound::known)) {
                        return null;
                    }
                    Joins joins = new Joins();
                    answers.forEach(answer -> joins.addAll(answer.joins()));
                    List<Row> rows = new ArrayList<>();
                    joins.byInviter()
                            .forEach((inviter, sum) ->
                                    rows.add(new Row(inviter, null, new Brought(sum.invites(), sum.stayed()))));
                    return rows;
                });
    }

    private static List<Row> rows(Map<String, OrderSum> sums) {
        List<Row> rows = new ArrayList<>();
        sums.forEach((text, sum) -> rows.add(new Row(text, null, new Ordered(sum.counts(), sum.buyers()))));
        return rows;
    }

    /** The first moment in the window, epoch millis. */
    private long startOf(String window, long asOf) {
        if (asOf == Long.MIN_VALUE) {
            return asOf;
        }
        if (window.equals(TODAY)) {
            return Instant.ofEpochMilli(asOf)
                    .atZone(zone)
                    .toLocalDate()
                    .atStartOfDay(zone)
                    .toInstant()
                    .toEpochMilli();
        }
        WindowSpec spec = windows.get(windowNames().indexOf(window));
        return Math.floorDiv(asOf, spec.slice()) * spec.slice() + spec.slice() - spec.width();
    }

    /** What was ordered, as it stands in every row and of every campaign. */
    static JsonObject measures(Counts counts, long buyers) {
        JsonObject json = new JsonObject();
        Ordered ordered = new Ordered(counts, buyers);
        for (OrderMeasure measure : OrderMeasure.values()) {
            json.put(measure.wireName(), ordered.of(measure));
        }
        return json;
    }

    /** The money of the best-selling 2 % of the items, rounded up to whole ones, per the money of all that has an item. */
    private static JsonObject top2Share(List<Row> rows) {
        long[] gmv = rows.stream()
                .filter(row -> !row.key().isEmpty() && row.by("ordersPaid") > 0)
                .mapToLong(row -> row.by("gmvPaid"))
                .sorted()
                .toArray();
        int top = (gmv.length + TOP_PART - 1) / TOP_PART;
        return ReadingJson.ratio(
                Arrays.stream(gmv, gmv.length - top, gmv.length).sum(),
                Arrays.stream(gmv).sum());
    }

    private static JsonArray rank(Board.Kind kind, List<Row> rows, String by, int limit, View view) {
        Foremost<Row> first = new Foremost<>(
                limit,
                Comparator.comparingLong((Row row) -> row.by(by)).reversed().thenComparing(Row::key));
        rows.forEach(first::add);
        JsonArray items = new JsonArray();
        for (Row row : first.read()) {
            items.add(json(kind, row, view).put("rank", items.size() + 1));
        }
        return items;
    }

    private static JsonObject json(Board.Kind kind, Row row, View view) {
        String key = row.key().isEmpty() ? null : row.key();
        JsonObject json = switch (kind) {
            case GROUPS -> new JsonObject().put("group", key).put("name", row.name());
            case ITEMS -> new JsonObject().put("item", key);
            case SHARES -> new JsonObject().put("share", key);
            case CHANNELS -> new JsonObject().put("channel", key == null ? "unknown" : key);
            case REFERRERS -> new JsonObject().put("referrer", OrderJson.shown(key, view));
        };
        return json.mergeIn(row.numbers().toJson());
    }
}
