package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskSlots;
import io.grouppulse.bus.Messages.SlotTimes;
import io.grouppulse.bus.Messages.SlotsAnswer;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.buyers.SlotSales;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what the groups of a shard sold in slots. */
final class SlotReader {
    private static final long SECOND = 1_000;

    private SlotReader() {}

    /** One occurrence of a slot. */
    private record Occurrence(Stretch time, SlotSales.Builder sales, boolean isEarlier) {}

    static GroupWalk<SlotsAnswer> walk(ShardEngine engine, AskSlots ask) {
        TreeMap<Long, Occurrence> occurrences = new TreeMap<>();
        List<SlotSales.Builder> sales = new ArrayList<>();
        for (SlotTimes times : ask.slots()) {
            SlotSales.Builder slot = new SlotSales.Builder();
            sales.add(slot);
            occurrences.put(times.slot().from(), new Occurrence(times.slot(), slot, false));
            times.earlier().forEach(earlier -> occurrences.put(earlier.from(), new Occurrence(earlier, slot, true)));
        }
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        return new GroupWalk<>(
                groups,
                group -> read(group, occurrences),
                () -> new SlotsAnswer(
                        !groups.isEmpty(),
                        sales.stream().map(SlotSales.Builder::build).toList()));
    }

    private static void read(GroupState group, NavigableMap<Long, Occurrence> occurrences) {
        if (occurrences.isEmpty()) {
            return;
        }
        long end = occurrences.lastEntry().getValue().time().to();
        group.forEachPaid(occurrences.firstKey(), end, (ts, member, money) -> {
            Map.Entry<Long, Occurrence> entry = occurrences.floorEntry(ts);
            String person = group.memberId(member);
            if (entry != null && person != null && ts < entry.getValue().time().to()) {
                note(entry.getValue(), ts, money, person);
            }
        });
    }

    private static void note(Occurrence slot, long ts, long money, String person) {
        if (slot.isEarlier()) {
            slot.sales().paidEarlier(person);
        } else {
            slot.sales().paid((ts - slot.time().from()) / SECOND, money, person);
        }
    }
}
