package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.domain.time.WindowSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups and organisation nodes as JSON: the one form for REST and the feed. Thread-safe. */
public final class ReadingJson {
    private static final double MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final List<WindowSpec> windows;
    private final ZoneId zone;

    public ReadingJson(List<WindowSpec> windows, ZoneId zone) {
        this.windows = List.copyOf(windows);
        this.zone = zone;
    }

    public int windowCount() {
        return windows.size();
    }

    /** A group without its {@code asOf}; of its organisations those that the reader may see. */
    public JsonObject group(GroupReading reading, long asOf, Reach reach) {
        GroupProfile profile = reading.profile();
        JsonObject json = new JsonObject()
                .put("group", profile.group())
                .put("name", profile.name())
                .put("orgs", new JsonArray(reach.visible(OrgGraph.orgsOf(profile))))
                .put("state", reading.state().name())
                .put("members", reading.members())
                .put("capacity", profile.capacity() == 0 ? null : profile.capacity())
                .put("tags", new JsonArray(profile.tags()))
                .put("owner", profile.owner())
                .put("lastInteraction", timeOrNull(reading.lastInteraction()));
        putMeasures(json, reading.windows(), reading.today(), reading.breadth(), reading.members(), asOf);
        return json.put("total", total(reading.total(), reading.counted()))
                .put("silence", silence(reading.silence(), reach))
                .put("rain", rain(reading.rain()));
    }

    /** A node without its {@code asOf} and without anything about its children. */
    public JsonObject org(OrgReading reading, List<String> campaigns, long asOf, Reach reach) {
        JsonObject groups = new JsonObject().put("total", reading.groups());
        for (ActivityState state : ActivityState.values()) {
            groups.put(state.name(), reading.states().getOrDefault(state, 0L));
        }
        JsonObject json = new JsonObject()
                .put("org", reading.path())
                .put("groups", groups)
                .put("members", reading.members())
                .put("campaigns", new JsonArray(campaigns));
        putMeasures(json, reading.windows(), reading.today(), reading.breadth(), reading.members(), asOf);
        return json.put("total", total(reading.total(), reading.events()))
                .put("silence", silence(reading.silence(), reach))
                .put("rain", rain(reading.rain()));
    }

    /** Adds to the root what became of the orders that name no group, since the start; the parts sum to all of them. */
    public JsonObject putAttribution(JsonObject root, Readings answer) {
        SourceCounts events = SourceCounts.NONE;
        for (GroupReading reading : answer.unattributed()) {
            events = events.plus(reading.counted());
        }
        AttributionReading parts = answer.attribution();
        JsonObject attribution = new JsonObject()
                .put("attributed", orders(parts.attributed()))
                .put("ambiguous", orders(parts.ambiguous()))
                .put("unattributed", orders(parts.unattributed()))
                .put("all", orders(parts.all()));
        return root.put("unattributed", total(parts.unattributed(), events))
                .put("ambiguous", orders(parts.ambiguous()))
                .put("attribution", attribution);
    }

    private void putMeasures(
            JsonObject json, List<Counts> byWindow, Counts today, BreadthReading breadth, long members, long asOf) {
        JsonObject measures = new JsonObject();
        for (int w = 0; w < windows.size(); w++) {
            WindowSpec window = windows.get(w);
            measures.put(window.name(), measures(byWindow.get(w), members, window.width()));
        }
        JsonObject day = measures(today, members, begunHours(asOf) * HOUR);
        putBreadth(day, breadth, members);
        json.put("windows", measures).put("today", day);
    }

    static JsonObject putBreadth(JsonObject json, BreadthReading breadth, long members) {
        return json.put("effectiveSpeakers", breadth.effectiveSpeakers())
                .put("lurkers", ratio(breadth.lurkers(), members))
                .put("thriceDaily", breadth.thriceDaily())
                .put("top3Share", ratio(breadth.messagesOfLoudest(), breadth.messages()))
                .put("hollow", breadth.isHollow(members));
    }

    /** Hours of T's day that have begun, 1 to 25: what rates over today are per. */
    private long begunHours(long asOf) {
        if (asOf == Long.MIN_VALUE) {
            return 0;
        }
        Instant now = Instant.ofEpochMilli(asOf);
        Instant dayStart = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        return (now.toEpochMilli() - dayStart.toEpochMilli()) / HOUR + 1;
    }

    private static JsonObject measures(Counts counts, long members, long millis) {
        long active = counts.get(Column.ACTIVE);
        long paid = counts.get(Column.ORDERS_PAID);
        return new JsonObject()
                .put("messages", counts.get(Column.MESSAGES))
                .put("interactions", counts.get(Column.INTERACTIONS))
                .put("joins", counts.get(Column.JOINS))
                .put("leaves", counts.get(Column.LEAVES))
                .put("shares", counts.get(Column.SHARES))
                .put("touches", counts.get(Column.TOUCHES))
                .put("carts", counts.get(Column.CARTS))
                .put("chainEntries", counts.get(Column.CHAIN_ENTRIES))
                .put("speakers", counts.get(Column.SPEAKERS))
                .put("active", active)
                .put("activeness", ratio(active, members))
                .put("speakFrequency", ratio(counts.get(Column.MESSAGES), members * (millis / (double) HOUR)))
                .put("ordersCreated", counts.get(Column.ORDERS_CREATED))
                .put("ordersPaid", paid)
                .put("gmvCreated", counts.get(Column.GMV_CREATED))
                .put("gmvPaid", counts.get(Column.GMV_PAID))
                .put("refunds", counts.get(Column.REFUNDS))
                .put("gmvNet", OrderMeasure.GMV_NET.applyAsLong(counts))
                .put("unpriced", counts.get(Column.UNPRICED))
                .put("unpaid", counts.get(Column.UNPAID))
                .put("buyers", counts.get(Column.BUYERS))
                .put("aov", ratio(counts.get(Column.GMV_PAID), paid - counts.get(Column.UNPRICED)))
                .put("funnel", funnel(counts))
                .put("conversion", ratio(counts.get(Column.CONVERTED), counts.get(Column.TOUCHED)))
                .put(
                        "maturedConversion",
                        ratio(counts.get(Column.MATURED_CONVERTED), counts.get(Column.MATURED_TOUCHED)))
                .put("pulse", ratio(100 * paid, active * (millis / MINUTE)))
                .put("joinLeave", ratio(counts.get(Column.JOINS), counts.get(Column.LEAVES)));
    }

    private static JsonObject funnel(Counts counts) {
        return new JsonObject()
                .put("touched", counts.get(Column.TOUCHED))
                .put("carted", counts.get(Column.CARTED))
                .put("ordered", counts.get(Column.ORDERED))
                .put("paid", counts.get(Column.PAID));
    }

    private static JsonObject total(Counts counts, SourceCounts events) {
        return orders(counts)
                .put("events", events.applied())
                .put("duplicates", events.duplicates())
                .put("late", events.late());
    }

    private static JsonObject orders(Counts counts) {
        return new JsonObject()
                .put("ordersCreated", counts.get(Column.ORDERS_CREATED))
                .put("ordersPaid", counts.get(Column.ORDERS_PAID))
                .put("ordersCancelled", counts.get(Column.ORDERS_CANCELLED))
                .put("ordersRefunded", counts.get(Column.ORDERS_REFUNDED))
                .put("gmvCreated", counts.get(Column.GMV_CREATED))
                .put("gmvPaid", counts.get(Column.GMV_PAID))
                .put("gmvCancelled", counts.get(Column.CANCELLED_AFTER_PAID))
                .put("refunds", counts.get(Column.REFUNDS));
    }

    private static JsonObject silence(SilenceReading silence, Reach reach) {
        String parent = silence.parent();
        return new JsonObject()
                .put("since", timeOrNull(silence.since()))
                .put("expected", numberOrNull(silence.expected()))
                .put("probability", numberOrNull(silence.probability()))
                .put("deadline", silence.deadline() == Long.MAX_VALUE ? null : silence.deadline())
                .put("parent", parent != null && reach.covers(parent) ? parent : null);
    }

    private static @Nullable Double numberOrNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static JsonObject rain(RainReading rain) {
        return new JsonObject().put("rate", rain.rate()).put("gmv", rain.gmv()).put("buyers", rain.buyers());
    }

    /** A ratio that does not lie: its value is null when the denominator is 0. */
    public static JsonObject ratio(long num, long den) {
        return new JsonObject().put("num", num).put("den", den).put("value", den == 0 ? null : (double) num / den);
    }

    private static JsonObject ratio(long num, double den) {
        return new JsonObject().put("num", num).put("den", den).put("value", den == 0 ? null : num / den);
    }

    /** Epoch millis, or null for never. */
    public static @Nullable Long timeOrNull(long ts) {
        return ts == Long.MIN_VALUE ? null : ts;
    }
}
