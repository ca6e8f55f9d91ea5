package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskRain;
import io.grouppulse.bus.Messages.GroupStimulus;
import io.grouppulse.bus.Messages.Rain;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.StretchSum;
import io.grouppulse.domain.rain.RainEpisode;
import io.grouppulse.domain.rain.RainEpisodes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The episodes of order rain of the last day, newest first, each with what it brought and what set it off. */
public final class RainReport {
    /** How far back episodes are looked for. */
    public static final long SPAN = 86_400_000;

    /** The minutes before the day by which its first ones are judged, and before them the begun one; no trigger lies further back. */
    private static final long LEAD = RainEpisodes.LEAD + 60_000;

    private static final long SECOND = 1_000;
    private static final long TRIGGER_REACH = 120_000;
    private static final int TOP_GROUPS = 5;

    private final Shards shards;

    public RainReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads the episodes as of T.
     *
     * @param since episodes that started before are left out
     * @param withCurve whether each episode tells its paid orders second by second
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonArray> read(Scope scope, long asOf, long since, int limit, boolean withCurve) {
        if (asOf == Long.MIN_VALUE) {
            return Future.succeededFuture(new JsonArray());
        }
        long from = asOf - SPAN;
        long to = Math.floorDiv(asOf, SECOND) * SECOND + SECOND;
        AskRain question = new AskRain(scope.group(), scope.org(), from - LEAD, to);
        return shards.<Rain>ask(scope, question).compose(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(Rain::known)) {
                return Future.succeededFuture(null);
            }
            Gathered rain = new Gathered(answers);
            List<RainEpisode> episodes = new ArrayList<>(RainEpisodes.find(rain.paidBySecond, from, asOf));
            episodes.removeIf(episode -> episode.start() < since);
            episodes.sort(Comparator.comparingLong(RainEpisode::start).reversed());
            List<RainEpisode> shown = episodes.subList(0, Math.min(limit, episodes.size()));
            return sums(scope, shown, asOf).map(sums -> write(shown, sums, rain, asOf, withCurve));
        });
    }

    private Future<List<StretchSum>> sums(Scope scope, List<RainEpisode> episodes, long asOf) {
        return shards.sums(
                scope,
                Set.of(),
                episodes.stream()
                        .map(episode -> new Stretch(episode.firstOrders(), episode.lastOrders(asOf)))
                        .toList());
    }

    private static JsonArray write(
            List<RainEpisode> episodes, List<StretchSum> sums, Gathered rain, long asOf, boolean withCurve) {
        JsonArray items = new JsonArray();
        for (int i = 0; i < episodes.size(); i++) {
            RainEpisode episode = episodes.get(i);
            JsonObject json = episode(episode, sums.get(i), rain);
            if (withCurve) {
                json.put("curve", rain.curve(episode.firstOrders(), episode.lastOrders(asOf)));
            }
            items.add(json);
        }
        return items;
    }

    private static JsonObject episode(RainEpisode episode, StretchSum sum, Gathered rain) {
        return new JsonObject()
                .put("start", episode.start())
                .put("end", episode.isOpen() ? null : episode.end())
                .put("open", episode.isOpen())
                .put("baseline", episode.baseline())
                .put("startRate", episode.startRate())
                .put("peak", episode.peak())
                .put("peakAt", episode.peakAt())
                .put("halfLifeSeconds", episode.halfLife() < 0 ? null : episode.halfLife())
                .put("orders", sum.orders())
                .put("gmv", sum.gmv())
                .put("buyers", sum.buyers())
                .put("trigger", rain.triggerOf(episode.start()))
                .put("topGroups", topGroups(sum));
    }

    private static JsonArray topGroups(StretchSum sum) {
        JsonArray top = new JsonArray();
        sum.byGroup().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP_GROUPS)
                .forEach(entry ->
                        top.add(new JsonObject().put("group", entry.getKey()).put("orders", entry.getValue())));
        return top;
    }

    /** What all shards said together. */
    private static final class Gathered {
        private final TreeMap<Long, Long> paidBySecond = new TreeMap<>();
        private final List<GroupStimulus> stimuli = new ArrayList<>();

        Gathered(List<Rain> answers) {
            for (Rain answer : answers) {
                answer.paidBySecond().forEach((second, orders) -> paidBySecond.merge(second, orders, Long::sum));
                stimuli.addAll(answer.stimuli());
            }
            stimuli.sort(Comparator.comparingLong(some -> some.stimulus().ts()));
        }

        /** The nearest operator's action at most 120 s before, or null: one in the second of the start comes before it. */
        @Nullable JsonObject triggerOf(long start) {
            GroupStimulus nearest = null;
            for (GroupStimulus some : stimuli) {
                long before = start - Math.floorDiv(some.stimulus().ts(), SECOND) * SECOND;
                if (some.stimulus().canTrigger() && before >= 0 && before <= TRIGGER_REACH) {
                    nearest = some;
                }
            }
            if (nearest == null) {
                return null;
            }
            long ts = nearest.stimulus().ts();
            Long firstOrder = paidBySecond.ceilingKey(Math.floorDiv(ts, SECOND) * SECOND);
            return new JsonObject()
                    .put("type", nearest.stimulus().type().wireName())
                    .put("ts", ts)
                    .put("group", nearest.group())
                    .put("name", nearest.name())
                    .put("item", nearest.stimulus().item())
                    .put("share", nearest.stimulus().share())
                    .put("secondsBefore", Math.max(0, start - ts) / SECOND)
                    .put("secondsToFirstOrder", firstOrder == null ? null : Math.max(0, firstOrder - ts) / SECOND);
        }

        JsonArray curve(long from, long to) {
            JsonArray curve = new JsonArray();
            for (long second = from; second < to; second += SECOND) {
                curve.add(paidBySecond.getOrDefault(second, 0L));
            }
            return curve;
        }
    }
}
