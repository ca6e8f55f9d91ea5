package io.grouppulse.windowing;

import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.attribution.AttributionBook;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.attribution.Decision;
import io.grouppulse.domain.attribution.Verdict;
import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The attribution of the orders that name no group and whose members belong to this shard: traces and events go in, and
 * out comes what the groups are to be told. An entry already contained, known by its position, changes nothing.
 */
final class ShardAttribution {
    private static final String SUMS = "\u0000attribution";
    private static final String MEMBER = "\u0000member\u0000";
    private static final String NO_GROUP = "";

    private final AttributionBook book;
    private final NewestOrders newestOrders;
    private long position;

    ShardAttribution(GroupSettings settings, NewestOrders newestOrders) {
        this.book = new AttributionBook(settings);
        this.newestOrders = newestOrders;
    }

    void onTrace(MemberTrace trace, long entry) {
        if (entry > position) {
            book.onTrace(trace);
        }
    }

    void onEvent(GroupEvent event, long entry) {
        if (entry > position) {
            book.onEvent(event);
        }
    }

    void erase(MemberErasure erasure, long entry) {
        if (entry > position) {
            book.erase(erasure);
        }
    }

    /** Decides at the end of an entry; returns what the groups are to be told. The same entry always says the same. */
    List<AttributedOrder> decide(long entry, long t) {
        if (entry <= position) {
            return List.of();
        }
        position = entry;
        List<AttributedOrder> derived = new ArrayList<>();
        for (Verdict verdict : book.decide(t)) {
            tellGroups(verdict, derived);
            showInRain(verdict);
        }
        return derived;
    }

    private void tellGroups(Verdict verdict, List<AttributedOrder> derived) {
        Decision before = verdict.before();
        String after = verdict.after().group();
        if (before != null && before.hasGroup() && !before.group().equals(after)) {
            derived.add(told(verdict, before.group(), List.of()));
        }
        if (verdict.after().hasGroup()) {
            derived.add(told(verdict, after, verdict.events()));
        }
    }

    private AttributedOrder told(Verdict verdict, String group, List<GroupEvent> events) {
        return new AttributedOrder(group, verdict.member(), verdict.source(), verdict.order(), position, events);
    }

    /** An order that counts in no group rains all the same. */
    private void showInRain(Verdict verdict) {
        Decision before = verdict.before();
        PaidOrder paid = verdict.after().hasGroup() ? null : payment(NO_GROUP, verdict.events());
        if (paid != null || (before != null && !before.hasGroup())) {
            newestOrders.replace(NO_GROUP, verdict.source(), verdict.order(), paid);
        }
    }

    /** The earliest payment among an order's events as a drop of a group's rain, or null if there is none. */
    static @Nullable PaidOrder payment(String group, List<GroupEvent> events) {
        return events.stream()
                .filter(event -> event.type() == EventType.ORDER_PAID)
                .findFirst()
                .map(event -> PaidOrder.of(event, group))
                .orElse(null);
    }

    AttributionReading read() {
        return book.read();
    }

    boolean hasUnsaved() {
        return book.hasUnsaved();
    }

    /** Writes what changed since the last call, all as of one position. */
    Map<String, byte @Nullable []> save() {
        Map<String, byte @Nullable []> records = new HashMap<>();
        book.saveMembers().forEach((member, bytes) -> records.put(MEMBER + member, bytes));
        SavedWriter out = new SavedWriter();
        out.number(position);
        book.saveSums(out);
        records.put(SUMS, out.toBytes());
        return records;
    }

    /** The records did not reach the store. */
    void unsaved(Set<String> keys) {
        book.unsaved(keys.stream()
                .filter(key -> key.startsWith(MEMBER))
                .map(key -> key.substring(MEMBER.length()))
                .collect(Collectors.toSet()));
    }

    /** Takes back a record if it is one of these; false if it is not. */
    boolean restore(String key, byte[] bytes) {
        if (key.equals(SUMS)) {
            SavedReader in = new SavedReader(bytes);
            position = in.number();
            book.restoreSums(in);
            in.end();
        } else if (key.startsWith(MEMBER)) {
            book.restoreMember(key.substring(MEMBER.length()), bytes);
        } else {
            return false;
        }
        return true;
    }
}
