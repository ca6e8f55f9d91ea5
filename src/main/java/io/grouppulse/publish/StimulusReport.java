package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskResponses;
import io.grouppulse.bus.Messages.ResponsesFound;
import io.grouppulse.bus.Messages.StimulusResponse;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.reach.Response;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Operators' actions with the activity of their groups before and after them. */
public final class StimulusReport {
    /** How long before and after an action is looked at, unless another time is asked for, millis. */
    public static final long USUAL_SPAN = 30 * 60_000L;

    private static final Comparator<StimulusResponse> NEWEST = Comparator.comparingLong(
                    (StimulusResponse one) -> one.stimulus().ts())
            .reversed()
            .thenComparing(StimulusResponse::group)
            .thenComparing(one -> one.stimulus().id());

    private final Shards shards;

    public StimulusReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads the actions of a stretch, newest first.
     *
     * @param span how long before and after an action is looked at, millis
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonArray> read(Scope scope, Stretch stretch, long span, long asOf, int limit) {
        AskResponses question = new AskResponses(scope.group(), scope.org(), stretch, span, limit);
        return shards.<ResponsesFound>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(ResponsesFound::known)) {
                return null;
            }
            JsonArray rows = new JsonArray();
            answers.stream()
                    .flatMap(answer -> answer.responses().stream())
                    .sorted(NEWEST)
                    .limit(limit)
                    .forEach(one -> rows.add(json(one, span, asOf)));
            return rows;
        });
    }

    private static JsonObject json(StimulusResponse one, long span, long asOf) {
        return new JsonObject()
                .put("group", one.group())
                .put("ts", one.stimulus().ts())
                .put("type", one.stimulus().type().wireName())
                .put("share", one.stimulus().share())
                .put("item", one.stimulus().item())
                .put("before", json(one.before()))
                .put("after", json(one.after()))
                .put(
                        "lift",
                        ReadingJson.ratio(
                                one.after().interactions(), one.before().interactions()))
                .put("complete", one.stimulus().ts() + span <= asOf);
    }

    private static JsonObject json(Response response) {
        return new JsonObject()
                .put("interactions", response.interactions())
                .put("active", response.active())
                .put("ordersPaid", response.orders())
                .put("gmvPaid", response.gmv());
    }
}
