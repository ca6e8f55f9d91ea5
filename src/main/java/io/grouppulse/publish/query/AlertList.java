package io.grouppulse.publish.query;

import io.grouppulse.access.View;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Alerts;
import io.grouppulse.bus.Messages.AskAlerts;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.SeenAlerts;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of alerts, the newest first, page by page. */
final class AlertList {
    private static final Comparator<Episode> NEWEST_FIRST =
            Comparator.comparingLong(Episode::startsAt).reversed().thenComparing(Episode::id);

    private final QueryContext context;

    AlertList(QueryContext context) {
        this.context = context;
    }

    /** Null if there is no such organisation. */
    Future<@Nullable JsonObject> read(MultiMap query, View view) throws BadInput {
        Params params = new Params(query, Set.of("state", "org", "kind", "subject", "limit", "cursor"));
        String state = stateOf(params.text("state"));
        String org = params.text("org", OrgGraph.ROOT);
        @Nullable AlertKind kind = kindOf(params.text("kind"));
        @Nullable String subject = params.text("subject");
        Predicate<Episode> wanted = episode -> SeenAlerts.isSeen(episode, org, view.reach(), context.visibility())
                && (kind == null || episode.key().kind() == kind)
                && (subject == null || episode.key().subject().equals(subject));
        int limit = params.limit();
        @Nullable PagePlace after = PagePlace.decode(params.text("cursor"));
        return context.<Readings>ask(new AskReadings(Set.of(org), Set.of()))
                .compose(known -> known.orgs().containsKey(org)
                        ? alerts().map(alerts -> page(known.asOf(), chosen(alerts, state, wanted, after), limit, view))
                        : Future.succeededFuture(null));
    }

    private Future<Alerts> alerts() {
        return context.vertx()
                .eventBus()
                .<Alerts>request(Feeds.ALERTS, new AskAlerts(), Feeds.options())
                .map(Message::body);
    }

    private static List<Episode> chosen(
            Alerts alerts, String state, Predicate<Episode> wanted, @Nullable PagePlace after) {
        Stream<Episode> firing = state.equals("resolved") ? Stream.empty() : alerts.firing().stream();
        Stream<Episode> resolved = state.equals("firing") ? Stream.empty() : alerts.resolved().stream();
        return Stream.concat(firing, resolved)
                .filter(wanted)
                .filter(episode -> after == null || isAfter(episode, after))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean isAfter(Episode episode, PagePlace place) {
        int older = Double.compare(place.key(), episode.startsAt());
        return older > 0 || (older == 0 && episode.id().compareTo(place.group()) > 0);
    }

    private static JsonObject page(long asOf, List<Episode> chosen, int limit, View view) {
        List<Episode> shown = chosen.subList(0, Math.min(limit, chosen.size()));
        JsonObject list = QueryRoutes.list(
                asOf,
                new JsonArray(shown.stream()
                        .map(episode -> SeenAlerts.json(episode, view))
                        .toList()));
        if (chosen.size() > limit) {
            Episode last = shown.get(limit - 1);
            list.put("cursor", new PagePlace(last.startsAt(), last.id()).encode());
        }
        return list;
    }

    private static @Nullable AlertKind kindOf(@Nullable String name) throws BadInput {
        if (name == null) {
            return null;
        }
        AlertKind kind = AlertKind.ofWireName(name);
        if (kind == null) {
            throw BadInput.badField(
                    "kind",
                    "kind must be one of "
                            + Stream.of(AlertKind.values())
                                    .map(AlertKind::wireName)
                                    .collect(Collectors.joining(", ")));
        }
        return kind;
    }

    private static String stateOf(@Nullable String state) throws BadInput {
        if (state == null || state.equals("firing") || state.equals("resolved")) {
            return state == null ? "" : state;
        }
        throw BadInput.badField("state", "state must be firing or resolved");
    }
}
