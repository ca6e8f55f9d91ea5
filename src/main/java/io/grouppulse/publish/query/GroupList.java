package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.Foremost;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.ReadingJson;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The list of groups: filtered by organisation and state, sorted by a measure of a window, page by page. */
final class GroupList {
    private static final Set<String> PARAMETERS = Set.of("org", "state", "sort", "window", "limit", "cursor");

    private final QueryContext context;

    GroupList(QueryContext context) {
        this.context = context;
    }

    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, PARAMETERS);
        String org = params.text("org", OrgGraph.ROOT);
        ActivityState state = stateOf(params.text("state"));
        GroupOrder order = GroupOrder.parse(params.text("sort", "-gmvPaid"), windowOf(params.text("window", "5m")));
        int limit = params.limit();
        @Nullable PagePlace after = PagePlace.decode(params.text("cursor"));
        return context.<Groups>ask(new AskGroups(org)).map(answer -> {
            if (!answer.orgKnown()) {
                return null;
            }
            // one more than the page shows tells whether there is another
            Foremost<GroupReading> first = new Foremost<>(limit + 1, order);
            for (GroupReading reading : answer.groups()) {
                if (reach.coversAny(OrgGraph.orgsOf(reading.profile()))
                        && (state == null || reading.state() == state)
                        && (after == null || order.isAfter(reading, after))) {
                    first.add(reading);
                }
            }
            return page(answer.asOf(), first.read(), limit, order, reach);
        });
    }

    private JsonObject page(long asOf, List<GroupReading> chosen, int limit, GroupOrder order, Reach reach) {
        JsonArray items = new JsonArray();
        List<GroupReading> shown = chosen.subList(0, Math.min(limit, chosen.size()));
        for (GroupReading reading : shown) {
            items.add(context.json().group(reading, asOf, reach).put("asOf", ReadingJson.timeOrNull(asOf)));
        }
        JsonObject list = QueryRoutes.list(asOf, items);
        return chosen.size() > limit
                ? list.put("cursor", order.placeOf(shown.get(limit - 1)).encode())
                : list;
    }

    private static @Nullable ActivityState stateOf(@Nullable String name) throws BadInput {
        if (name == null) {
            return null;
        }
        for (ActivityState state : ActivityState.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw BadInput.badField("state", "state must be one of " + List.of(ActivityState.values()));
    }

    private Function<GroupReading, Counts> windowOf(String name) throws BadInput {
        if (name.equals("today")) {
            return GroupReading::today;
        }
        int window = context.windows().indexOf(name);
        if (window < 0) {
            throw BadInput.badField("window", "window must be today or one of " + context.windows());
        }
        return reading -> reading.windows().get(window);
    }
}
