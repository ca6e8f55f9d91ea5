package io.grouppulse.publish.query;

import io.grouppulse.access.Principal;
import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.http.BadInput;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query API: organisation nodes, groups, history, orders, boards, people, the ledger, alerts, sources. */
public final class QueryRoutes {
    private static final String ORGS = "/api/v1/orgs";

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
        Reads.at(router, ORGS).handler(ctx -> answer(ctx, () -> org(ctx, OrgGraph.ROOT)));
        Reads.at(router, ORGS + "/*").handler(ctx -> answer(ctx, () -> org(ctx, Paths.after(ctx, ORGS + "/"))));
        Reads.at(router, "/api/v1/groups")
                .handler(ctx -> answer(ctx, () -> groupList.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/groups/:id").handler(ctx -> answer(ctx, () -> group(ctx)));
        Reads.at(router, "/api/v1/history")
                .handler(ctx -> answer(ctx, () -> history.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/rain").handler(ctx -> answer(ctx, () -> rain.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/campaigns")
                .handler(ctx -> answer(ctx, () -> campaignList.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/campaigns/:id").handler(ctx -> answer(ctx, () -> campaign(ctx)));
        new SaleReportRoutes(context).mount(router);
        Reads.at(router, "/api/v1/orders").handler(ctx -> answer(ctx, () -> orders(ctx)));
        Reads.at(router, "/api/v1/boards/:kind").handler(ctx -> answer(ctx, () -> board(ctx)));
        Reads.at(router, "/api/v1/people")
                .handler(ctx -> answer(ctx, () -> people.presence(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/membership")
                .handler(ctx -> answer(ctx, () -> people.membership(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/repurchase")
                .handler(ctx -> answer(ctx, () -> repurchase.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/slots").handler(ctx -> answer(ctx, () -> slots.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/breadth")
                .handler(ctx -> answer(ctx, () -> breadth.read(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/fission")
                .handler(ctx -> answer(
                        ctx,
                        () -> fission.read(ctx.queryParams(), Principal.of(ctx).view())));
        Reads.at(router, "/api/v1/conversions")
                .handler(ctx -> answer(ctx, () -> effects.conversions(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/reach")
                .handler(ctx -> answer(ctx, () -> effects.reach(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/groupbuys")
                .handler(ctx -> answer(ctx, () -> effects.groupBuys(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/stimuli")
                .handler(ctx -> answer(ctx, () -> effects.stimuli(ctx.queryParams(), reach(ctx))));
        Reads.at(router, "/api/v1/ledger").handler(this::ledger);
        Reads.at(router, "/api/v1/alerts")
                .handler(ctx -> answer(
                        ctx,
                        () -> alerts.read(ctx.queryParams(), Principal.of(ctx).view())));
        Reads.at(router, "/api/v1/sources").handler(ctx -> answer(ctx, () -> sources(ctx)));
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

    static Reach reach(RoutingContext ctx) {
        return Principal.of(ctx).orgs();
    }

    private Future<@Nullable JsonObject> org(RoutingContext ctx, String path) throws BadInput {
        new Params(ctx.queryParams(), Set.of());
        Reach reach = reach(ctx);
        if (path.equals(OrgGraph.ROOT) && !reach.whole()) {
            return context.<Groups>ask(new AskGroups(OrgGraph.ROOT)).map(answer -> rootJson(answer, reach));
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

    private JsonObject rootJson(Groups answer, Reach reach) {
        ReachRoot read = ReachRoot.of(answer.groups(), reach, context.windows().size());
        JsonArray children = new JsonArray();
        read.children().forEach(child -> children.add(nodeJson(child, answer.asOf(), reach)));
        return nodeJson(read.root(), answer.asOf(), reach).put("children", children);
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
                .org(reading, context.campaignsOf(reading.path(), reach), asOf)
                .put("asOf", ReadingJson.timeOrNull(asOf));
    }

    private Future<@Nullable JsonObject> group(RoutingContext ctx) throws BadInput {
        new Params(ctx.queryParams(), Set.of());
        String id = Paths.after(ctx, "/api/v1/groups/");
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of(id))).map(answer -> {
            GroupReading reading = answer.groups().get(id);
            return reading == null
                    ? null
                    : context.json()
                            .group(reading, answer.asOf(), reach(ctx))
                            .put("asOf", ReadingJson.timeOrNull(answer.asOf()));
        });
    }

    private Future<@Nullable JsonObject> board(RoutingContext ctx) throws BadInput {
        return boards.read(
                Paths.after(ctx, "/api/v1/boards/"),
                ctx.queryParams(),
                Principal.of(ctx).view());
    }

    private Future<@Nullable JsonObject> campaign(RoutingContext ctx) throws BadInput {
        new Params(ctx.queryParams(), Set.of());
        String id = Paths.after(ctx, "/api/v1/campaigns/");
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> campaigns
                        .read(id, now.asOf(), context.campaignsSeenBy(reach(ctx)))
                        .map(json -> json == null ? null : json.put("asOf", ReadingJson.timeOrNull(now.asOf()))));
    }

    private Future<@Nullable JsonObject> orders(RoutingContext ctx) throws BadInput {
        Params params = new Params(ctx.queryParams(), Set.of("org", "limit"));
        View view = Principal.of(ctx).view();
        return NewestOrders.read(context::<Drops>ask, params.text("org", OrgGraph.ROOT), params.limit(), view.reach())
                .map(answer -> answer.orgKnown()
                        ? list(
                                answer.asOf(),
                                new JsonArray(answer.drops().stream()
                                        .map(drop -> OrderJson.order(drop, view))
                                        .toList()))
                        : null);
    }

    private Future<@Nullable JsonObject> sources(RoutingContext ctx) throws BadInput {
        new Params(ctx.queryParams(), Set.of());
        return context.<Groups>ask(new AskGroups(OrgGraph.ROOT)).map(answer -> {
            JsonArray items = new JsonArray();
            SourceJson.sources(
                            SourceJson.counts(answer.groups(), answer.unattributed()),
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
