package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskMembership;
import io.grouppulse.bus.Messages.AskPresence;
import io.grouppulse.bus.Messages.MembershipFound;
import io.grouppulse.bus.Messages.PresenceFound;
import io.grouppulse.domain.people.Cohort;
import io.grouppulse.domain.people.DayBounds;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.people.MembershipLife;
import io.grouppulse.domain.people.Presence;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The people of a day: how many were active, who came, who stayed, and who brought them. */
public final class PeopleReport {
    private static final int DAYS_OF_WEEK = 7;
    private static final List<Integer> AGES = List.of(1, 2, 3, 4, 5, 6, 7);

    private final Shards shards;
    private final DayBounds bounds;

    public PeopleReport(Shards shards, ZoneId zone) {
        this.shards = shards;
        this.bounds = new DayBounds(zone);
    }

    /**
     * Distinct customers active on the day and in the seven days that end with it.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> presence(Scope scope, LocalDate day) {
        AskPresence question = new AskPresence(
                scope.group(),
                scope.org(),
                bounds.startOf(day.minusDays(DAYS_OF_WEEK - 1)),
                bounds.startOf(day),
                bounds.endOf(day));
        return shards.<PresenceFound>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(PresenceFound::known)) {
                return null;
            }
            Presence people = new Presence();
            answers.forEach(answer -> people.addAll(answer.people()));
            long dau = people.day().count();
            long wau = people.week().count();
            return new JsonObject()
                    .put("scope", scope.text())
                    .put("day", day.toString())
                    .put("dau", dau)
                    .put("wau", wau)
                    .put("stickiness", ReadingJson.ratio(dau, wau))
                    .put("error", Math.max(people.day().error(), people.week().error()));
        });
    }

    /**
     * Joins, leaves, what became of earlier joins, and how full the groups are, on a day or, while it is not over, up to T.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> membership(Scope scope, LocalDate day, long asOf) {
        AskMembership question = new AskMembership(scope.group(), scope.org(), day, AGES, asOf);
        return shards.<MembershipFound>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(MembershipFound::known)) {
                return null;
            }
            MembershipLife life = new MembershipLife(AGES.size());
            answers.forEach(answer -> life.addAll(answer.life()));
            long from = bounds.startOf(day);
            long to = Math.min(bounds.endOf(day), asOf + 1);
            return new JsonObject()
                    .put("scope", scope.text())
                    .put("day", day.toString())
                    .put("members", life.members())
                    .put("fill", ReadingJson.ratio(life.membersOfLimited(), life.capacity()))
                    .put("etaFull", scope.group() == null ? null : etaFull(life, from, to))
                    .mergeIn(joins(life.joins()))
                    .put(
                            "retention",
                            new JsonObject()
                                    .put("d1", cohort(life.cohorts().get(0)))
                                    .put("d7", cohort(life.cohorts().get(AGES.size() - 1)))
                                    .put("decay", decay(life.cohorts())));
        });
    }

    /** When the group is full if members keep coming at the day's pace so far; null if they do not, or it is full. */
    private static @Nullable Long etaFull(MembershipLife life, long from, long to) {
        long net = life.joins().joins() - life.joins().leaves();
        long places = life.capacity() - life.membersOfLimited();
        return net <= 0 || places <= 0 ? null : to + Math.round((double) places * (to - from) / net);
    }

    private static JsonObject joins(Joins joins) {
        Joins.Invites invites = joins.invites();
        JsonArray byChannel = new JsonArray();
        joins.byChannel().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> byChannel.add(
                        new JsonObject().put("channel", entry.getKey()).put("joins", entry.getValue())));
        return new JsonObject()
                .put("joins", joins.joins())
                .put("leaves", joins.leaves())
                .put("joinLeave", ReadingJson.ratio(joins.joins(), joins.leaves()))
                .put("byChannel", byChannel)
                .put("invites", invites.invites())
                .put("inviters", joins.inviters())
                .put("kFactor", ReadingJson.ratio(invites.stayed(), joins.inviters()));
    }

    private static JsonArray decay(List<Cohort> cohorts) {
        JsonArray decay = new JsonArray();
        for (int i = 0; i < cohorts.size(); i++) {
            decay.add(cohort(cohorts.get(i)).put("days", AGES.get(i)));
        }
        return decay;
    }

    private static JsonObject cohort(Cohort cohort) {
        return new JsonObject()
                .put("member", ReadingJson.ratio(cohort.stayed(), cohort.joined()))
                .put("active", ReadingJson.ratio(cohort.active(), cohort.joined()));
    }
}
