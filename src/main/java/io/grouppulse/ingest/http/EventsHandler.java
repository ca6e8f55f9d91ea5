package io.grouppulse.ingest.http;

import io.grouppulse.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/events}: refuses what need not be read, and starts reading the rest. */
public final class EventsHandler implements Handler<RoutingContext> {
    private final IngestRoom room;

    EventsHandler(IngestRoom room) {
        this.room = room;
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String wait = request.getParam("wait");
        BodyFormat format = BodyFormat.of(request.getHeader(HttpHeaders.CONTENT_TYPE));
        String encoding = encoding(request);
        Problem problem = refusal(request, wait, format, encoding);
        if (problem != null || format == null) {
            refuse(ctx, problem == null ? wrongMediaType() : problem);
            return;
        }
        if (expectsContinue(request)) {
            ctx.response().writeContinue();
        }
        new EventsRequest(ctx, room, format, encoding.equals("gzip"), wait != null).start();
    }

    static Problem tooLarge(IngestSettings settings) {
        return Problem.of(413, "too_large", "A body is at most " + settings.maxBody() + " bytes, unpacked.");
    }

    private @Nullable Problem refusal(
            HttpServerRequest request, @Nullable String wait, @Nullable BodyFormat format, String encoding) {
        if (format == null) {
            return wrongMediaType();
        }
        if (!encoding.equals("gzip") && !encoding.isEmpty()) {
            return Problem.of(415, "unsupported_encoding", "A body comes as it is or with Content-Encoding: gzip.");
        }
        if (wait != null && !wait.equals("applied")) {
            return Problem.of(400, "bad_field", "wait can only be applied").at("wait");
        }
        if (declaredLength(request) > room.settings().maxBody()) {
            return tooLarge(room.settings()).with(new Tally().members());
        }
        return room.hasRoom() ? null : Overload.busy().with(new Tally().members());
    }

    static Problem wrongMediaType() {
        return Problem.of(415, "unsupported_media_type", "Events come in UTF-8 as one of " + BodyFormat.ALL + ".");
    }

    private static void refuse(RoutingContext ctx, Problem problem) {
        if (problem.status() == 415) {
            ctx.response().putHeader("Accept-Post", BodyFormat.ALL).putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
        }
        boolean unsent = expectsContinue(ctx.request());
        problem.write(ctx).onComplete(written -> {
            // a client that asked first will not send its body: the connection has no further use
            if (unsent) {
                ctx.request().connection().close();
            }
        });
        Leftovers.discard(ctx.vertx(), ctx.request());
    }

    /** {@code gzip}, nothing, or whatever else was stated. */
    private static String encoding(HttpServerRequest request) {
        List<String> stated = request.headers().getAll(HttpHeaders.CONTENT_ENCODING);
        String all = String.join(",", stated).strip().toLowerCase(Locale.ROOT);
        return switch (all) {
            case "identity" -> "";
            case "x-gzip" -> "gzip";
            default -> all;
        };
    }

    private static boolean expectsContinue(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            // larger than a long: the server refuses everything else itself
            return Long.MAX_VALUE;
        }
    }
}
