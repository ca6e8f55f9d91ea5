package io.grouppulse.ingest.http;

import io.grouppulse.ingest.Rejection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of the events of one body. */
final class Tally {
    private static final int MAX_ERRORS = 100;

    private final JsonArray errors = new JsonArray();
    private int pieces;
    private int rejected;
    private int malformed;
    private int accepted;
    private int duplicates;

    /** One more stretch of the body was looked at. */
    void count() {
        pieces++;
    }

    /** The stretch counted last was refused. */
    void reject(Rejection rejection) {
        rejected++;
        if (rejection.code() == Rejection.Code.MALFORMED_JSON) {
            malformed++;
        }
        if (errors.size() < MAX_ERRORS) {
            JsonObject error = new JsonObject()
                    .put("index", pieces - 1)
                    .put("id", rejection.id())
                    .put("code", rejection.code().wireName());
            if (rejection.field() != null) {
                error.put("field", rejection.field());
            }
            errors.add(error.put("detail", rejection.detail()));
        }
    }

    /** A batch became durable. */
    void accept(int events, int known) {
        accepted += events;
        duplicates += Math.max(0, known);
    }

    boolean isEmpty() {
        return pieces == 0;
    }

    /** Whether anything at all could be read as an event. */
    boolean hasReadable() {
        return pieces > malformed;
    }

    JsonObject answer(boolean withDuplicates) {
        JsonObject answer = new JsonObject(members());
        return withDuplicates ? answer.put("duplicates", duplicates) : answer;
    }

    /** As members of a problem document. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accepted", accepted);
        members.put("rejected", rejected);
        members.put("errors", errors);
        return members;
    }
}
