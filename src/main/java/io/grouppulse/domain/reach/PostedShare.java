package io.grouppulse.domain.reach;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastSignal;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One share in one group: when it was posted there, and what came of it. */
public final class PostedShare {
    private static final long AFTERMATH = 30 * 60_000;

    private final String share;
    private final List<Long> postedAt = new ArrayList<>();
    private final Set<String> items = new HashSet<>();
    private final BitSet openers = new BitSet();
    private long leaves;

    private PostedShare(String share) {
        this.share = share;
    }

    /**
     * Reads what came of everything posted in a group.
     *
     * @param stimuli the group's actions in the stretch in which what was posted is wanted, oldest first
     * @param sales all the group's paid orders since the first of them
     */
    public static Map<String, ShareReach> reach(List<Stimulus> stimuli, PastSignal past, List<PaidSale> sales) {
        Map<String, PostedShare> posted = new TreeMap<>();
        for (Stimulus stimulus : stimuli) {
            String share = stimulus.share();
            if (stimulus.type() == EventType.SHARE_POSTED && share != null) {
                PostedShare one = posted.computeIfAbsent(share, PostedShare::new);
                one.postedAt.add(stimulus.ts());
                if (stimulus.item() != null) {
                    one.items.add(stimulus.item());
                }
            }
        }
        if (posted.isEmpty()) {
            return Map.of();
        }
        past.forEach(stimuli.get(0).ts(), Long.MAX_VALUE, (type, ts, member, trait) -> {
            PostedShare opened =
                    type == EventType.SHARE_OPENED && trait.share() != null ? posted.get(trait.share()) : null;
            if (opened != null && ts >= opened.first()) {
                opened.openers.set(member);
            }
            if (type == EventType.MEMBER_LEFT) {
                posted.values().forEach(one -> one.leaves += one.isJustPosted(ts) ? 1 : 0);
            }
        });
        Map<String, ShareReach> reach = new TreeMap<>();
        posted.forEach((share, one) -> reach.put(share, one.read(past, sales)));
        return reach;
    }

    private long first() {
        return postedAt.get(0);
    }

    private boolean isJustPosted(long ts) {
        return postedAt.stream().anyMatch(at -> ts >= at && ts < at + AFTERMATH);
    }

    /** What a post does not say of its items, the orders that name the share do. */
    private ShareReach read(PastSignal past, List<PaidSale> sales) {
        List<PaidSale> since =
                sales.stream().filter(sale -> sale.ts() >= first()).toList();
        List<PaidSale> guided =
                since.stream().filter(sale -> share.equals(sale.share())).toList();
        Set<@Nullable String> sold = new HashSet<>(items);
        if (items.isEmpty()) {
            guided.forEach(sale -> sold.add(sale.item()));
        }
        List<PaidSale> ofItems = since.stream()
                .filter(sale -> sale.item() != null && sold.contains(sale.item()))
                .toList();
        return new ShareReach(
                postedAt.size(),
                1,
                openers.cardinality(),
                past.membersAt(first()).cardinality(),
                leaves,
                guided.size(),
                guided.stream().mapToLong(PaidSale::money).sum(),
                ofItems.size(),
                ofItems.stream().mapToLong(PaidSale::money).sum());
    }
}
