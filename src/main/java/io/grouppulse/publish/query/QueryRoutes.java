package io.grouppulse.publish.query;

import io.grouppulse.access.Principal;
import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.AskSources;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Sources;
import io.grouppulse.bus.Messages.Together;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.Fields;
import io.grouppulse.http.Paths;
import io.grouppulse.http.Problem;
import io.grouppulse.http.Reads;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.publish.NewestOrders;
import io.grouppulse.publish.OrderJson;
import io.grouppulse.publish.ReachRoot;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.SourceJson;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query API: organisation nodes, groups, history, orders, boards, people, the ledger, alerts, sources. */
public final class QueryRoutes {
    private static final String ORGS = "/api/v1/orgs";
    private static final String GROUP = "/api/v1/groups/";
    private static final String CAMPAIGN = "/api/v1/campaigns/";
    private static final String BOARD = "/api/v1/boards/";

    private final QueryContext context;
    private final GroupList groupList;
    private final HistoryQuery history;
    private final RainQuery rain;
    private final CampaignReport campaigns;
    private final CampaignList campaignList;
    private final BoardQuery boards;
    private final LedgerQuery ledger;
    private final PeopleQuery people;
    private final RepurchaseQuery repurchase;
    private final SlotQuery slots;
    private final ReachQuery effects;
    private final BreadthQuery breadth;
    private final FissionQuery fission;
    private final AlertList alerts;

    public QueryRoutes(QueryContext context) {
        this.context = context;
        this.groupList = new GroupList(context);
        this.history = new HistoryQuery(context);
        this.rain = new RainQuery(context);
        this.campaigns = context.campaigns();
        this.campaignList = new CampaignList(context);
        this.boards = new BoardQuery(context);
        this.ledger = new LedgerQuery(context);
        this.people = new PeopleQuery(context);
        this.repurchase = new RepurchaseQuery(context);
        this.slots = new SlotQuery(context);
        this.effects = new ReachQuery(context);
        this.breadth = new BreadthQuery(context);
        this.fission = new FissionQuery(context);
        this.alerts = new AlertList(context);
    }

    public void mount(Router router) {
        one(router, ORGS, ctx -> (params, view) -> org(params, OrgGraph.ROOT, view.reach()));
        one(router, ORGS + "/*", ctx -> (params, view) -> org(params, Paths.after(ctx, ORGS + "/"), view.reach()));
        list(router, "/api/v1/groups", (params, view) -> groupList.read(params, view.reach()));
        one(
                router,
                "/api/v1/groups/:id",
                ctx -> (params, view) -> group(params, Paths.after(ctx, GROUP), view.reach()));
        list(router, "/api/v1/history", (params, view) -> history.read(params, view.reach()));
        list(router, "/api/v1/rain", (params, view) -> rain.read(params, view.reach()));
        list(router, "/api/v1/campaigns", (params, view) -> campaignList.read(params, view.reach()));
        one(
                router,
                "/api/v1/campaigns/:id",
                ctx -> (params, view) -> campaign(params, Paths.after(ctx, CAMPAIGN), view));
        new SaleReportRoutes(context).mount(router);
        list(router, "/api/v1/orders", this::orders);
        list(
                router,
                "/api/v1/boards/:kind",
                ctx -> (params, view) -> boards.read(Paths.after(ctx, BOARD), params, view));
        one(router, "/api/v1/people", ctx -> (params, view) -> people.presence(params, view.reach()));
        one(router, "/api/v1/membership", ctx -> (params, view) -> people.membership(params, view.reach()));
        one(router, "/api/v1/repurchase", ctx -> (params, view) -> repurchase.read(params, view.reach()));
        list(router, "/api/v1/slots", (params, view) -> slots.read(params, view.reach()));
        one(router, "/api/v1/breadth", ctx -> (params, view) -> breadth.read(params, view.reach()));
        list(router, "/api/v1/fission", fission::read);
        list(router, "/api/v1/conversions", (params, view) -> effects.conversions(params, view.reach()));
        list(router, "/api/v1/reach", (params, view) -> effects.reach(params, view.reach()));
        list(router, "/api/v1/groupbuys", (params, view) -> effects.groupBuys(params, view.reach()));
        list(router, "/api/v1/stimuli", (params, view) -> effects.stimuli(params, view.reach()));
        Reads.at(router, "/api/v1/ledger").handler(this::ledger);
        list(router, "/api/v1/alerts", alerts::read);
        list(router, "/api/v1/sources", (params, view) -> sources(params));
    }

    /** Answers a reader; null if there is no such thing. */
    private interface Query {
        Future<@Nullable JsonObject> read(MultiMap params, View view) throws BadInput;
    }

    private static void one(Router router, String path, Function<RoutingContext, Query> query) {
        Reads.at(router, path)
                .handler(ctx -> answer(
                        ctx,
                        () -> query.apply(ctx)
                                .read(ctx.queryParams(), Principal.of(ctx).view())));
    }

    private static void list(Router router, String path, Query query) {
        list(router, path, ctx -> query);
    }

    /** What answers items takes {@code fields}, the names to which each item is cut down. */
    private static void list(Router router, String path, Function<RoutingContext, Query> query) {
        one(router, path, ctx -> (params, view) -> {
            Fields fields = Fields.of(params);
            return query.apply(ctx).read(fields.others(), view).map(json -> json == null ? null : fields.project(json));
        });
    }

    interface Question<A> {
        Future<@Nullable A> ask() throws BadInput;
    }

    private static void answer(RoutingContext ctx, Question<JsonObject> question) {
        answer(ctx, "application/json", () -> question.ask().map(json -> json == null ? null : json.toBuffer()));
    }

    private void ledger(RoutingContext ctx) {
        answer(
                ctx,
                "application/x-ndjson",
                () -> ledger.read(ctx.queryParams(), Principal.of(ctx).view()));
    }

    /** Answers 200 with the body, 404 when there is none, 400 when the request is at fault. */
    static void answer(RoutingContext ctx, String mediaType, Question<Buffer> question) {
        try {
            question.ask()
                    .onSuccess(body -> {
                        if (body == null) {
                            Problem.of(404, "not_found", "There is no such thing here.")
                                    .write(ctx);
                        } else {
                            ctx.response()
                                    .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                    .end(body);
                        }
                    })
                    .onFailure(cause -> {
                        if (cause instanceof BadInput bad) {
                            bad.toProblem().write(ctx);
                        } else {
                            ctx.fail(500, cause);
                        }
                    });
        } catch (BadInput e) {
            e.toProblem().write(ctx);
        }
    }

    private Future<@Nullable JsonObject> org(MultiMap query, String path, Reach reach) throws BadInput {
        new Params(query, Set.of());
        if (path.equals(OrgGraph.ROOT) && !reach.whole()) {
            return ReachRoot.read(context::<Together>ask, reach).map(read -> rootJson(read, reach));
        }
        return context.<Readings>ask(new AskReadings(Set.of(path), Set.of())).compose(answer -> {
            OrgReading reading = answer.orgs().get(path);
            if (reading == null) {
                return Future.succeededFuture(null);
            }
            Set<String> family = new HashSet<>(reading.children());
            family.add(path);
            return context.<Readings>ask(new AskReadings(family, Set.of())).map(all -> orgJson(path, all, reach));
        });
    }

    private JsonObject rootJson(ReachRoot read, Reach reach) {
        JsonArray children = new JsonArray();
        read.children().forEach(child -> children.add(nodeJson(child, read.asOf(), reach)));
        return nodeJson(read.root(), read.asOf(), reach).put("children", children);
    }

    private @Nullable JsonObject orgJson(String path, Readings answer, Reach reach) {
        OrgReading reading = answer.orgs().get(path);
        if (reading == null) {
            return null;
        }
        JsonArray children = new JsonArray();
        for (String child : reading.children()) {
            OrgReading below = answer.orgs().get(child);
            if (below != null) {
                children.add(nodeJson(below, answer.asOf(), reach));
            }
        }
        JsonObject json = nodeJson(reading, answer.asOf(), reach).put("children", children);
        return path.equals(OrgGraph.ROOT) ? context.json().putAttribution(json, answer) : json;
    }

    private JsonObject nodeJson(OrgReading reading, long asOf, Reach reach) {
        return context.json()
                .org(reading, context.campaignsOf(reading.path(), reach), asOf, reach)
                .put("asOf", ReadingJson.timeOrNull(asOf));
    }

    private Future<@Nullable JsonObject> group(MultiMap query, String id, Reach reach) throws BadInput {
        new Params(query, Set.of());
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of(id))).map(answer -> {
            GroupReading reading = answer.groups().get(id);
            return reading == null
                    ? null
                    : context.json()
                            .group(reading, answer.asOf(), reach)
                            .put("asOf", ReadingJson.timeOrNull(answer.asOf()));
        });
    }

    private Future<@Nullable JsonObject> campaign(MultiMap query, String id, View view) throws BadInput {
        new Params(query, Set.of());
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> campaigns
                        .read(id, now.asOf(), context.campaignsSeenBy(view.reach()))
                        .map(json -> json == null ? null : json.put("asOf", ReadingJson.timeOrNull(now.asOf()))));
    }

    private Future<@Nullable JsonObject> orders(MultiMap query, View view) throws BadInput {
        Params params = new Params(query, Set.of("org", "limit"));
        return NewestOrders.read(context::<Drops>ask, params.text("org", OrgGraph.ROOT), params.limit(), view.reach())
                .map(answer -> answer.orgKnown()
                        ? list(
                                answer.asOf(),
                                new JsonArray(answer.drops().stream()
                                        .map(drop -> OrderJson.order(drop, view))
                                        .toList()))
                        : null);
    }

    private Future<@Nullable JsonObject> sources(MultiMap query) throws BadInput {
        new Params(query, Set.of());
        return context.<Sources>ask(new AskSources()).map(answer -> {
            JsonArray items = new JsonArray();
            SourceJson.sources(
                            answer.counts(),
                            context.ledger().read(context.wallClock().getAsLong()))
                    .forEach((source, json) ->
                            items.add(new JsonObject().put("source", source).mergeIn(json)));
            return list(answer.asOf(), items);
        });
    }

    static JsonObject list(long asOf, JsonArray items) {
        return new JsonObject()
                .put("asOf", ReadingJson.timeOrNull(asOf))
                .put("items", items)
                .putNull("cursor");
    }
}
