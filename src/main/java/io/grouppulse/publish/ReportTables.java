package io.grouppulse.publish;

import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.publish.ReportTable.Cell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the tables of a campaign's report from the answers that other clients get, so that it cannot say anything else. */
final class ReportTables {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int TOP = 20;

    private final ZoneId zone;

    ReportTables(ZoneId zone) {
        this.zone = zone;
    }

    String time(@Nullable Long ts) {
        return ts == null ? "" : TIME.format(Instant.ofEpochMilli(ts).atZone(zone));
    }

    static ReportTable totals(JsonObject campaign) {
        ReportTable table = new ReportTable("totals", "measure", "value");
        for (String count : List.of("ordersCreated", "ordersPaid", "buyers", "unpriced", "unpaid")) {
            table.add(Cell.word(count), Cell.number(campaign.getLong(count)));
        }
        for (String money : List.of("gmvPaid", "refunds", "gmvCancelled", "gmvNet")) {
            table.add(Cell.word(money), Cell.money(campaign.getLong(money)));
        }
        table.add(
                Cell.word("people"),
                Cell.number(campaign.getJsonObject("people").getLong("buyers")));
        for (String ratio : List.of("userRepurchase", "orderRepurchase")) {
            table.add(Cell.word(ratio), Cell.ratio(value(campaign, ratio)));
        }
        return table;
    }

    static ReportTable against(JsonObject campaign) {
        ReportTable table = new ReportTable("against", "measure", "now", "reference", "ratio");
        JsonObject progress = campaign.getJsonObject("progress");
        if (progress.getJsonObject("gmv") != null) {
            money(table, "targetGmv", progress.getJsonObject("gmv"));
        }
        if (progress.getJsonObject("orders") != null) {
            count(table, "targetOrders", progress.getJsonObject("orders"));
        }
        JsonObject compared = campaign.getJsonObject("compared");
        if (compared != null) {
            money(table, "comparedGmv", compared.getJsonObject("gmv"));
            count(table, "comparedOrders", compared.getJsonObject("orders"));
        }
        return table;
    }

    static ReportTable funnel(@Nullable JsonObject funnel) {
        ReportTable table = new ReportTable("funnel", "measure", "value");
        if (funnel != null) {
            for (String step : List.of("exposed", "opened", "carted", "ordered", "buyers")) {
                table.add(Cell.word(step), Cell.number(funnel.getLong(step)));
            }
            for (String ratio : List.of("openRate", "buyRate", "frequency")) {
                table.add(Cell.word(ratio), Cell.ratio(value(funnel, ratio)));
            }
            Double basket = value(funnel, "basket");
            table.add(Cell.word("basket"), Cell.money(basket == null ? null : Math.round(basket)));
        }
        return table;
    }

    static ReportTable bridge(@Nullable JsonObject bridge) {
        ReportTable table = new ReportTable("bridge", "measure", "value");
        if (bridge != null) {
            for (String part : List.of("exposed", "openRate", "buyRate", "frequency", "basket", "difference")) {
                table.add(Cell.word(part), Cell.money(bridge.getLong(part)));
            }
        }
        return table;
    }

    private static void money(ReportTable table, String name, JsonObject ratio) {
        table.add(
                Cell.word(name),
                Cell.money(ratio.getLong("num")),
                Cell.money(ratio.getLong("den")),
                Cell.ratio(ratio.getDouble("value")));
    }

    private static void count(ReportTable table, String name, JsonObject ratio) {
        table.add(
                Cell.word(name),
                Cell.number(ratio.getLong("num")),
                Cell.number(ratio.getLong("den")),
                Cell.ratio(ratio.getDouble("value")));
    }

    static ReportTable slots(JsonArray slots) {
        ReportTable table =
                new ReportTable("slots", "slot", "orders", "gmv", "t50", "t90", "firstMinuteShare", "habitShare");
        for (int i = 0; i < slots.size(); i++) {
            JsonObject slot = slots.getJsonObject(i);
            table.add(
                    Cell.text(slot.getString("slot")),
                    Cell.number(slot.getLong("orders")),
                    Cell.money(slot.getLong("gmv")),
                    Cell.number(slot.getLong("t50")),
                    Cell.number(slot.getLong("t90")),
                    Cell.ratio(value(slot, "firstMinuteShare")),
                    Cell.ratio(value(slot, "habitShare")));
        }
        return table;
    }

    /** The first of them by money, then by name. */
    static ReportTable top(String title, String what, Map<String, OrderSum> sums) {
        ReportTable table = new ReportTable(title, what, "ordersPaid", "gmvPaid", "gmvNet", "buyers");
        sums.entrySet().stream()
                .filter(entry -> entry.getValue().counts().get(Column.ORDERS_PAID) > 0)
                .sorted(Comparator.comparingLong((Map.Entry<String, OrderSum> entry) ->
                                entry.getValue().counts().get(Column.GMV_PAID))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP)
                .forEach(entry -> table.add(
                        Cell.text(entry.getKey().isEmpty() ? null : entry.getKey()),
                        Cell.number(entry.getValue().counts().get(Column.ORDERS_PAID)),
                        Cell.money(entry.getValue().counts().get(Column.GMV_PAID)),
                        Cell.money(OrderMeasure.GMV_NET.applyAsLong(
                                entry.getValue().counts())),
                        Cell.number(entry.getValue().buyers())));
        return table;
    }

    ReportTable rain(JsonArray episodes) {
        ReportTable table = new ReportTable("rain", "start", "orders", "gmv", "peak", "trigger");
        for (int i = 0; i < episodes.size(); i++) {
            JsonObject episode = episodes.getJsonObject(i);
            JsonObject trigger = episode.getJsonObject("trigger");
            table.add(
                    Cell.text(time(episode.getLong("start"))),
                    Cell.number(episode.getLong("orders")),
                    Cell.money(episode.getLong("gmv")),
                    Cell.number(episode.getLong("peak")),
                    Cell.text(trigger == null ? null : trigger.getString("type") + " " + trigger.getString("group")));
        }
        return table;
    }

    static ReportTable behind(JsonArray behind) {
        ReportTable table = new ReportTable("behind", "group", "gapGmv", "gapOrders");
        for (int i = 0; i < behind.size(); i++) {
            JsonObject gap = behind.getJsonObject(i).getJsonObject("gap");
            table.add(
                    Cell.text(behind.getJsonObject(i).getString("group")),
                    Cell.money(gap.getLong("gmv")),
                    Cell.number(gap.getLong("orders")));
        }
        return table;
    }

    private static @Nullable Double value(JsonObject json, String ratio) {
        return json.getJsonObject(ratio).getDouble("value");
    }
}
