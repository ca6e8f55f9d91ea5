package io.grouppulse.oracle;

import java.util.List;
import java.util.stream.Stream;

/** Names of the integer measures that the checkers compute. */
public final class MeasureNames {

    public static final List<String> COUNTS =
            List.of("messages", "interactions", "joins", "leaves", "shares", "touches", "carts", "chainEntries");

    public static final List<String> PEOPLE =
            List.of("speakers", "active", "buyers", "touched", "carted", "ordered", "paid");

    public static final List<String> ORDERS = List.of(
            "ordersCreated",
            "ordersPaid",
            "gmvCreated",
            "gmvPaid",
            "refunds",
            "gmvNet",
            "unpriced",
            "unpaid",
            "pricedPaid");

    public static final List<String> CONVERSIONS =
            List.of("conversionNum", "conversionDen", "maturedNum", "maturedDen");

    /** What a window and a day have. */
    public static final List<String> ALL =
            Stream.of(COUNTS, PEOPLE, ORDERS, CONVERSIONS).flatMap(List::stream).toList();

    /** What a minute of the history has. */
    public static final List<String> HISTORY = Stream.of(COUNTS, ORDERS, List.of("active", "buyers"))
            .flatMap(List::stream)
            .toList();

    /** What a group has since its first event. */
    public static final List<String> TOTAL =
            List.of("ordersCreated", "ordersPaid", "ordersCancelled", "gmvCreated", "gmvPaid", "refunds");

    private MeasureNames() {}
}
