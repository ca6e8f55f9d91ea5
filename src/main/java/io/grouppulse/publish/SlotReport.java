package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskSlots;
import io.grouppulse.bus.Messages.SlotTimes;
import io.grouppulse.bus.Messages.SlotsAnswer;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.buyers.SlotSales;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the flash-sale slots of a day sold. A slot lasts until the next one begins, at most two hours, and ends with the day. */
public final class SlotReport {
    /** When the slots of a day begin, unless others are asked for. */
    public static final List<LocalTime> USUAL =
            List.of(LocalTime.of(10, 0), LocalTime.of(12, 0), LocalTime.of(15, 0), LocalTime.of(18, 0));

    private static final long LONGEST = 2 * 3_600_000L;

    private final Shards shards;
    private final Calendar calendar;

    public SlotReport(Shards shards, Calendar calendar) {
        this.shards = shards;
        this.calendar = calendar;
    }

    /**
     * Reads the slots of a day as of T.
     *
     * @param starts when they begin, ascending
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> read(Scope scope, LocalDate day, List<LocalTime> starts, long asOf) {
        long since = Math.max(0, calendar.rememberedSince(asOf));
        List<SlotTimes> slots = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            slots.add(new SlotTimes(time(day, starts, i), earlier(day, starts, i, since, asOf)));
        }
        return shards.<SlotsAnswer>ask(scope, new AskSlots(scope.group(), scope.org(), slots))
                .map(answers -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(SlotsAnswer::known)) {
                        return null;
                    }
                    List<SlotSales> sales = SlotSales.merge(
                            slots.size(),
                            answers.stream().map(SlotsAnswer::sales).toList());
                    JsonArray items = new JsonArray();
                    for (int i = 0; i < starts.size(); i++) {
                        items.add(json(starts.get(i), slots.get(i), sales.get(i), since));
                    }
                    return new JsonObject().put("day", day.toString()).put("items", items);
                });
    }

    private Stretch time(LocalDate day, List<LocalTime> starts, int i) {
        long from = at(day, starts.get(i));
        long next = i + 1 < starts.size() ? at(day, starts.get(i + 1)) : at(day.plusDays(1), LocalTime.MIDNIGHT);
        return new Stretch(from, Math.min(next, from + LONGEST));
    }

    /** The same slot on every earlier day of which all orders are remembered. */
    private List<Stretch> earlier(LocalDate day, List<LocalTime> starts, int i, long since, long asOf) {
        List<Stretch> earlier = new ArrayList<>();
        LocalDate tomorrow = calendar.dayOf(Math.max(0, asOf)).plusDays(1);
        LocalDate before = day.isAfter(tomorrow) ? tomorrow : day.minusDays(1);
        for (Stretch slot = time(before, starts, i); slot.from() >= since; slot = time(before, starts, i)) {
            earlier.add(slot);
            before = before.minusDays(1);
        }
        return earlier;
    }

    private long at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(calendar.zone()).toInstant().toEpochMilli();
    }

    private static JsonObject json(LocalTime start, SlotTimes times, SlotSales sales, long since) {
        return new JsonObject()
                .put("slot", start.toString())
                .put("from", times.slot().from())
                .put("to", times.slot().to())
                .put("complete", times.slot().from() >= since)
                .put("orders", sales.orders())
                .put("gmv", sales.gmv())
                .put("buyers", sales.buyers().size())
                .put("t50", secondsOrNull(sales.secondsTo(50)))
                .put("t90", secondsOrNull(sales.secondsTo(90)))
                .put("firstMinuteShare", ReadingJson.ratio(sales.inFirstMinute(), sales.orders()))
                .put(
                        "habitShare",
                        ReadingJson.ratio(sales.habitual(), sales.buyers().size()))
                .put("earlierDays", times.earlier().size());
    }

    private static @Nullable Long secondsOrNull(long seconds) {
        return seconds < 0 ? null : seconds;
    }
}
