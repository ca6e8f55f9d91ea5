package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskBreadth;
import io.grouppulse.bus.Messages.BreadthFound;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.signal.BreadthReading;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** On how many customers the talk of a day, of a campaign, or of all time since the start rests. */
public final class BreadthReport {
    private final Shards shards;

    public BreadthReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads a stretch of time.
     *
     * @param only of the scope's groups these alone; empty for all
     * @param stretch as {@link AskBreadth} says
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> read(Scope scope, Set<String> only, Stretch stretch) {
        return shards.<BreadthFound>ask(scope, new AskBreadth(scope.group(), scope.org(), only, stretch))
                .map(answers -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(BreadthFound::known)) {
                        return null;
                    }
                    BreadthReading.Sum sum = new BreadthReading.Sum();
                    answers.forEach(answer -> sum.add(answer.breadth()));
                    long members =
                            answers.stream().mapToLong(BreadthFound::members).sum();
                    return ReadingJson.putBreadth(new JsonObject().put("members", members), sum.read(), members);
                });
    }

    /** Reads a campaign up to T; null if there is no such node. */
    public Future<@Nullable JsonObject> read(CampaignPlan plan, long asOf) {
        Stretch stretch = plan.soFar(asOf);
        return read(plan.scope(), plan.groups(), stretch)
                .map(json ->
                        json == null ? null : json.put("from", stretch.from()).put("to", stretch.to()));
    }
}
