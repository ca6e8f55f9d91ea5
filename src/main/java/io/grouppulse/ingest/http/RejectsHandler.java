package io.grouppulse.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.grouppulse.access.Principal;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.Fields;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Reject;
import io.grouppulse.ingest.RejectJson;
import io.grouppulse.ingest.Rejects;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** {@code GET /api/v1/rejects}: the newest refused input. */
final class RejectsHandler implements Handler<RoutingContext> {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String LIMIT = "limit";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final Intake intake;
    private final Rejects rejects;

    RejectsHandler(Intake intake, Rejects rejects) {
        this.intake = intake;
        this.rejects = rejects;
    }

    @Override
    public void handle(RoutingContext ctx) {
        try {
            Fields fields = Fields.of(ctx.queryParams());
            Buffer answer = encode(rejects.newest(limit(fields.others())), hidesIds(ctx));
            Buffer shown = fields.names().isEmpty()
                    ? answer
                    : fields.project(new JsonObject(answer)).toBuffer();
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(shown);
        } catch (BadInput e) {
            e.toProblem().write(ctx);
        } catch (IOException e) {
            ctx.fail(e);
        }
    }

    /** What was sent holds ids as they came: to administrators alone, once there are any. */
    private static boolean hidesIds(RoutingContext ctx) {
        Principal reader = Principal.of(ctx);
        return !reader.equals(Principal.LOCAL) && !reader.view().ids();
    }

    private Buffer encode(List<Reject> items, boolean hidden) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeFieldName("asOf");
            writeTime(json, intake.asOf());
            json.writeArrayFieldStart("items");
            for (Reject item : items) {
                RejectJson.write(json, hidden ? item.withoutRaw() : item);
            }
            json.writeEndArray();
            json.writeNullField("cursor");
            json.writeEndObject();
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void writeTime(JsonGenerator json, long asOf) throws IOException {
        if (asOf == Long.MIN_VALUE) {
            json.writeNull();
        } else {
            json.writeNumber(asOf);
        }
    }

    private static int limit(MultiMap query) throws BadInput {
        for (String name : query.names()) {
            if (!name.equals(LIMIT)) {
                throw BadInput.badField(name, "there is no parameter " + name + " here");
            }
        }
        String text = query.get(LIMIT);
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        boolean digits = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT || query.getAll(LIMIT).size() > 1) {
            throw BadInput.badField(LIMIT, "limit must be a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }
}
