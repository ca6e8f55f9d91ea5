package io.grouppulse.access;

import io.grouppulse.http.BadInput;
import io.grouppulse.http.Paths;
import io.grouppulse.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before every route: 401 to who is nobody, 403 to who may not, 429 to who asks too often. */
public final class Gate implements Handler<RoutingContext> {
    private static final Logger AUDIT = LoggerFactory.getLogger("io.grouppulse.audit");

    private static final String MEMBERS = "/api/v1/members/";

    private final Access access;
    private final Visibility visibility;
    private final RateLimit limit;

    public Gate(Access access, Visibility visibility, RateLimit limit) {
        this.access = access;
        this.visibility = visibility;
        this.limit = limit;
    }

    /** To be mounted before all other routes. */
    public void mount(Router router) {
        if (access.isRequired()) {
            router.route().handler(this);
        }
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpMethod method = ctx.request().method();
        if (RouteRule.isOpen(method, ctx.normalizedPath())) {
            ctx.next();
            return;
        }
        String token = Access.bearer(ctx.request().getHeader(HttpHeaders.AUTHORIZATION));
        Principal principal = token == null ? null : access.verify(token);
        if (principal == null) {
            challenge(ctx, token != null);
            return;
        }
        int wait = limit.secondsToWait(principal.name());
        if (wait > 0) {
            Problem.of(429, "too_many_requests", "This credential asks more often than it may.")
                    .retryAfter(wait)
                    .write(ctx);
            return;
        }
        RouteRule rule = RouteRule.of(method, ctx.normalizedPath());
        Problem refusal = refusal(ctx, principal, rule);
        if (rule.right() == Right.ADMIN) {
            audit(ctx, principal);
        }
        if (refusal == null) {
            principal.attach(ctx);
            ctx.next();
        } else {
            refusal.write(ctx);
        }
    }

    private static void challenge(RoutingContext ctx, boolean given) {
        ctx.response()
                .putHeader(
                        "WWW-Authenticate", "Bearer realm=\"grouppulse\"" + (given ? ", error=\"invalid_token\"" : ""));
        String detail = given ? "The credential is not valid, or no more." : "A credential is needed here.";
        Problem.of(401, "unauthenticated", detail).write(ctx);
    }

    private @Nullable Problem refusal(RoutingContext ctx, Principal principal, RouteRule rule) {
        if (!principal.has(rule.right())) {
            return Problem.of(403, "forbidden", "The scope " + rule.right().wireName() + " is needed here.");
        }
        try {
            return isInReach(ctx, principal.orgs(), rule)
                    ? null
                    : Problem.of(403, "forbidden", "That is not in the part of the organisation of this credential.");
        } catch (BadInput e) {
            return e.toProblem();
        }
    }

    private boolean isInReach(RoutingContext ctx, Reach reach, RouteRule rule) throws BadInput {
        if (reach.whole()) {
            return true;
        }
        return switch (rule.target()) {
            case ORG_IN_PATH -> isRootOrCovered(reach, Paths.after(ctx, rule.prefix()));
            case ORG_PARAMETER -> isRootOrCovered(reach, parameter(ctx, "org"));
            case SCOPE_PARAMETER -> {
                String scope = parameter(ctx, "scope");
                yield visibility.mayReadScope(reach, scope.isEmpty() ? "org:" : scope);
            }
            case GROUP_IN_PATH -> visibility.mayReadGroup(reach, Paths.after(ctx, rule.prefix()));
            case CAMPAIGN_IN_PATH ->
                visibility.mayReadCampaign(reach, Paths.between(ctx, rule.prefix(), rule.suffix()));
            case EACH_PART -> true;
            case WHOLE -> false;
        };
    }

    /** Where several subtrees can be shown beside each other the root is all that the reader has. */
    private static boolean isRootOrCovered(Reach reach, String path) {
        return path.isEmpty() || reach.covers(path);
    }

    private static String parameter(RoutingContext ctx, String name) {
        String value = ctx.queryParams().get(name);
        return value == null ? "" : value;
    }

    private static void audit(RoutingContext ctx, Principal principal) {
        String action = ctx.request().method().name();
        String path = ctx.normalizedPath();
        // the log must not remember who was to be forgotten
        String target = path.startsWith(MEMBERS) ? MEMBERS + "***" : path;
        ctx.addEndHandler(ended -> AUDIT.info(
                "name={} action={} target={} status={}",
                principal.name(),
                action,
                target,
                ctx.response().getStatusCode()));
    }
}
