package io.grouppulse.ingest.http;

import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Names;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.Problem;
import io.grouppulse.ingest.Campaign;
import io.grouppulse.ingest.CampaignJson;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Intake;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Groups, rosters and campaigns as people and other systems define them. */
final class RegistryHandler {
    private static final long MAX_GROUP = 256 * 1024;
    private static final long MAX_ROSTER = 64L * 1024 * 1024;
    private static final long MAX_CAMPAIGN = 8L * 1024 * 1024;

    private final Intake intake;
    private final CampaignRegistry campaigns;
    private final LongSupplier clock;

    RegistryHandler(Intake intake, CampaignRegistry campaigns, LongSupplier clock) {
        this.intake = intake;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    void mount(Router router) {
        String group = "/api/v1/groups/:id";
        String campaign = "/api/v1/campaigns/:id";
        put(router, group, MAX_GROUP, this::putGroup);
        put(router, group + "/roster", MAX_ROSTER, this::putRoster);
        put(router, campaign, MAX_CAMPAIGN, this::putCampaign);
        router.delete(group).handler(ctx -> answer(ctx, this::deleteGroup));
        router.delete(campaign).handler(ctx -> answer(ctx, this::deleteCampaign));
    }

    /** Does what is asked; the future holds what is stored, or null if nothing is. */
    private interface Action {
        Future<@Nullable JsonObject> run(RoutingContext ctx, String id) throws BadInput;
    }

    private static void put(Router router, String path, long maxBody, Action action) {
        // a route of its own: nothing may stand before a body handler on the same route
        router.put(path).handler(RegistryHandler::requireJson);
        router.put(path)
                .handler(BodyHandler.create(false).setBodyLimit(maxBody))
                .handler(ctx -> answer(ctx, action));
    }

    private static void requireJson(RoutingContext ctx) {
        String contentType = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType == null || BodyFormat.of(contentType) == BodyFormat.JSON) {
            ctx.next();
        } else {
            Problem.of(415, "unsupported_media_type", "Definitions come as application/json in UTF-8.")
                    .write(ctx);
            Leftovers.discard(ctx.vertx(), ctx.request());
        }
    }

    private static void answer(RoutingContext ctx, Action action) {
        String id = String.valueOf(ctx.pathParam("id"));
        try {
            if (!Names.isName(id, 128)) {
                throw BadInput.badField("id", "an id is a string of 1 to 128 characters, no control characters");
            }
            action.run(ctx, id)
                    .onSuccess(stored -> write(ctx, stored))
                    .onFailure(cause -> problemOf(cause).write(ctx));
        } catch (BadInput e) {
            e.toProblem().write(ctx);
        }
    }

    private static void write(RoutingContext ctx, @Nullable JsonObject stored) {
        if (stored == null) {
            ctx.response().setStatusCode(204).end();
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            ctx.response().end(stored.toBuffer());
        }
    }

    private static Problem problemOf(Throwable cause) {
        if (cause instanceof BadInput fault) {
            return fault.toProblem();
        }
        return cause instanceof Refusal refusal ? refusal.problem : Overload.failed(cause);
    }

    private Future<@Nullable JsonObject> putGroup(RoutingContext ctx, String id) throws BadInput {
        GroupProfile profile = GroupBodies.profile(id, document(ctx));
        return take(profile).map(taken -> GroupBodies.toJson(profile));
    }

    /** A roster of many members takes long enough to read to keep it off the event loop. */
    private Future<@Nullable JsonObject> putRoster(RoutingContext ctx, String id) throws BadInput {
        byte[] document = document(ctx);
        long ts = Math.max(0, intake.asOf());
        long version = clock.getAsLong();
        return ctx.vertx()
                .executeBlocking(() -> GroupBodies.roster(id, document, ts, version))
                .compose(roster -> take(roster).compose(taken -> encode(ctx, roster)));
    }

    private static Future<@Nullable JsonObject> encode(RoutingContext ctx, GroupRoster roster) {
        return ctx.vertx().executeBlocking(() -> GroupBodies.toJson(roster));
    }

    private Future<@Nullable JsonObject> deleteGroup(RoutingContext ctx, String id) {
        return take(new GroupRemoval(id)).map(taken -> null);
    }

    private Future<@Nullable JsonObject> putCampaign(RoutingContext ctx, String id) throws BadInput {
        Campaign campaign = CampaignJson.read(id, document(ctx));
        return ctx.vertx().executeBlocking(() -> {
            if (!campaigns.put(campaign)) {
                throw new Refusal(Problem.of(
                        409, "too_many", "There can be " + CampaignRegistry.CAPACITY + " campaigns at most."));
            }
            return CampaignJson.write(campaign);
        });
    }

    private Future<@Nullable JsonObject> deleteCampaign(RoutingContext ctx, String id) {
        return ctx.vertx().executeBlocking(() -> {
            campaigns.remove(id);
            return null;
        });
    }

    private Future<Intake.Receipt> take(GroupInput input) {
        return intake.hasRoom() ? intake.take(List.of(input), true) : Future.failedFuture(new Refusal(Overload.busy()));
    }

    private static byte[] document(RoutingContext ctx) throws BadInput {
        Buffer buffer = ctx.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            throw BadInput.malformed("the body is empty");
        }
        return buffer.getBytes();
    }

    /** An answer other than success that an action has decided on. */
    private static final class Refusal extends Exception {
        private final transient Problem problem;

        Refusal(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }
    }
}
