package io.grouppulse.domain.attribution;

import io.grouppulse.domain.signal.GroupSettings;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one member touched and ordered, as long as it can still decide something. */
final class MemberTrail {
    final TreeSet<Touch> touches = new TreeSet<>();
    final TreeMap<String, TreeMap<String, OpenOrder>> orders = new TreeMap<>();

    OpenOrder order(String source, String order) {
        return orders.computeIfAbsent(source, s -> new TreeMap<>())
                .computeIfAbsent(order, o -> new OpenOrder(source, o));
    }

    /** The contract's rule; a share opened in several groups within reach is ambiguous like any other touches. */
    Decision decide(OpenOrder order, GroupSettings settings) {
        String name = order.name();
        if (name != null) {
            return Decision.named(name);
        }
        long at = order.madeAt();
        @Nullable String share = order.share();
        if (share != null) {
            Set<String> opened = groups(at - settings.attributionClick(), at, touch -> touch.opened(share));
            if (!opened.isEmpty()) {
                return Decision.among(opened);
            }
        }
        return Decision.among(groups(at - settings.attributionView(), at, touch -> true));
    }

    private Set<String> groups(long from, long to, Predicate<Touch> wanted) {
        return touches.subSet(Touch.floor(from), Touch.floor(to + 1)).stream()
                .filter(wanted)
                .map(Touch::group)
                .collect(Collectors.toSet());
    }

    /** Forgets what can decide nothing any more; true if it forgot anything. */
    boolean forget(GroupSettings settings, long t) {
        boolean[] forgot = {false};
        orders.values().removeIf(ofSource -> {
            forgot[0] |= ofSource.values().removeIf(order -> order.newest() < t - settings.orderRetention());
            return ofSource.isEmpty();
        });
        long view = settings.attributionView();
        long longest = Math.max(settings.attributionClick(), view);
        SortedSet<Touch> old = touches.headSet(Touch.floor(settings.settledBefore(t) - Math.min(longest, view)));
        boolean forgotTouches = old.removeIf(touch -> {
            long reach = touch.share().isEmpty() ? view : longest;
            return touch.ts() < settings.settledBefore(t) - reach && !isNeeded(touch, reach);
        });
        return forgot[0] || forgotTouches;
    }

    /** Whether an order that is still remembered was made within reach of the touch: it may be decided again. */
    private boolean isNeeded(Touch touch, long reach) {
        return orders.values().stream()
                .flatMap(ofSource -> ofSource.values().stream())
                .filter(order -> !order.events.isEmpty())
                .mapToLong(OpenOrder::madeAt)
                .anyMatch(at -> touch.ts() <= at && at - reach <= touch.ts());
    }

    boolean isEmpty() {
        return touches.isEmpty() && orders.isEmpty();
    }
}
