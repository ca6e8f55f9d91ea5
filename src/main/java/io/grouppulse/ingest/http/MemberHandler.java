package io.grouppulse.ingest.http;

import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.Names;
import io.grouppulse.http.Problem;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejects;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * {@code DELETE /api/v1/members/{id}}: a member is forgotten and its sums stay. The answer comes once every query shows it,
 * and is the same whether or not anybody knew the member.
 */
final class MemberHandler implements Handler<RoutingContext> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SUBSTITUTE_BYTES = 16;

    private final Intake intake;
    private final Rejects rejects;

    MemberHandler(Intake intake, Rejects rejects) {
        this.intake = intake;
        this.rejects = rejects;
    }

    @Override
    public void handle(RoutingContext ctx) {
        String id = String.valueOf(ctx.pathParam("id"));
        if (!Names.isName(id, 128)) {
            Problem.of(400, "bad_field", "an id is a string of 1 to 128 characters, no control characters")
                    .at("id")
                    .write(ctx);
        } else if (!intake.hasRoom()) {
            Overload.busy().write(ctx);
        } else {
            erase(ctx, new MemberErasure(id, substitute()))
                    .onSuccess(taken -> ctx.response().setStatusCode(204).end())
                    .onFailure(cause -> Overload.failed(cause).write(ctx));
        }
    }

    /** What was refused can hold the id in any spelling, so none of it is kept. */
    private Future<Intake.Receipt> erase(RoutingContext ctx, MemberErasure erasure) {
        return ctx.vertx()
                .executeBlocking(() -> {
                    rejects.forgetRaws();
                    return true;
                })
                .compose(done -> intake.take(List.of(erasure), true));
    }

    private static String substitute() {
        byte[] random = new byte[SUBSTITUTE_BYTES];
        RANDOM.nextBytes(random);
        return "erased." + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
