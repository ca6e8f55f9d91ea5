package io.grouppulse.oracle;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Attribution of orders that name no group, by plain loops over the definition. */
public final class NaiveAttribution {
    public static final String AMBIGUOUS = "ambiguous";
    public static final String UNATTRIBUTED = "unattributed";
    public static final String ATTRIBUTED = "attributed";

    private static final long CLICK = 24 * 3_600_000L;
    private static final long VIEW = 30 * 60_000L;

    private final List<GroupEvent> distinct = new ArrayList<>();
    private final Map<List<String>, List<GroupEvent>> orders = new LinkedHashMap<>();
    private final Map<List<String>, String> groups = new LinkedHashMap<>();
    private final Map<List<String>, String> parts = new LinkedHashMap<>();

    public NaiveAttribution(List<GroupEvent> accepted) {
        Set<List<String>> seen = new HashSet<>();
        for (GroupEvent event : accepted) {
            if (seen.add(List.of(event.group(), event.source(), event.id()))) {
                distinct.add(event);
            }
        }
        distinct.sort(Comparator.comparingLong(GroupEvent::ts).thenComparing(GroupEvent::id));
        for (GroupEvent event : distinct) {
            if (event.group().isEmpty()) {
                orders.computeIfAbsent(keyOf(event), key -> new ArrayList<>()).add(event);
            }
        }
        orders.forEach(this::decide);
    }

    private static List<String> keyOf(GroupEvent event) {
        return List.of(Objects.requireNonNull(event.member()), event.source(), Objects.requireNonNull(event.order()));
    }

    private void decide(List<String> key, List<GroupEvent> order) {
        long end = Long.MAX_VALUE;
        for (GroupEvent event : order) {
            if (event.type() == EventType.ORDER_PAID) {
                end = Math.min(end, event.ts());
            }
        }
        for (GroupEvent event : distinct) {
            boolean naming = event.type().isOrder() && !event.group().isEmpty();
            if (naming && keyOf(event).equals(key)) {
                groups.put(key, event.group());
                return;
            }
        }
        long made = Long.MAX_VALUE;
        String share = null;
        for (GroupEvent event : order) {
            if (isMaking(event) && event.ts() <= end) {
                made = Math.min(made, event.ts());
                share = share == null ? event.share() : share;
            }
        }
        made = made == Long.MAX_VALUE ? order.get(0).ts() : made;
        Set<String> opened = new HashSet<>();
        Set<String> touched = new HashSet<>();
        for (GroupEvent event : distinct) {
            boolean its = event.type().isTouch() && key.get(0).equals(event.member()) && event.ts() <= made;
            if (its && event.ts() >= made - VIEW) {
                touched.add(event.group());
            }
            boolean opening = event.type() == EventType.SHARE_OPENED && share != null && share.equals(event.share());
            if (its && opening && event.ts() >= made - CLICK) {
                opened.add(event.group());
            }
        }
        Set<String> found = opened.isEmpty() ? touched : opened;
        if (found.size() == 1) {
            groups.put(key, found.iterator().next());
            parts.put(key, ATTRIBUTED);
        } else {
            parts.put(key, found.isEmpty() ? UNATTRIBUTED : AMBIGUOUS);
        }
    }

    private static boolean isMaking(GroupEvent event) {
        return event.type() == EventType.ORDER_CREATED || event.type() == EventType.ORDER_PAID;
    }

    /** The events as if each that was attributed, or whose order is named elsewhere, named its group. */
    public List<GroupEvent> withGroups() {
        return distinct.stream()
                .map(event -> event.group().isEmpty() ? in(groups.getOrDefault(keyOf(event), ""), event) : event)
                .toList();
    }

    /** By part: orders created, paid and their money paid. */
    public Map<String, List<Long>> parts() {
        Map<String, List<Long>> sums = new TreeMap<>();
        for (String part : List.of(ATTRIBUTED, AMBIGUOUS, UNATTRIBUTED)) {
            long created = 0;
            long paid = 0;
            long gmv = 0;
            for (Map.Entry<List<String>, String> order : parts.entrySet()) {
                NaiveOrder naive = new NaiveOrder(Objects.requireNonNull(orders.get(order.getKey())));
                boolean its = order.getValue().equals(part);
                created += its && naive.has(EventType.ORDER_CREATED) ? 1 : 0;
                paid += its && naive.has(EventType.ORDER_PAID) ? 1 : 0;
                gmv += its ? naive.amount(EventType.ORDER_PAID) : 0;
            }
            sums.put(part, List.of(created, paid, gmv));
        }
        return sums;
    }

    private static GroupEvent in(String group, GroupEvent event) {
        return new GroupEvent(
                event.source(),
                event.id(),
                event.type(),
                event.ts(),
                group,
                event.member(),
                event.role(),
                event.order(),
                event.amount(),
                event.item(),
                event.quantity(),
                event.share(),
                event.inviter(),
                event.channel(),
                event.campaign(),
                event.reason(),
                event.target(),
                event.chain());
    }
}
