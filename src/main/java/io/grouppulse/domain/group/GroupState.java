package io.grouppulse.domain.group;

import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.EventKey;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.MemberDirectory;
import io.grouppulse.domain.signal.WindowPlan;
import io.grouppulse.domain.signal.WindowedCounters;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.grouppulse.domain.signal.orderrain.OrderEntry;
import io.grouppulse.domain.signal.orderrain.OrderSignal;
import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastSignal;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import io.grouppulse.domain.window.PaneRing;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered about one group. Events and registry commands go in, in any order; readings come out, as of the
 * T it was last advanced to. Not thread-safe: one shard owns it.
 */
public final class GroupState implements KnownGroup {
    static final long DEAD_AFTER = 7 * 86_400_000L;

    /** An event may be so far ahead of T. */
    static final long AHEAD = 60_000;

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600_000;

    final GroupSettings settings;
    final MemberDirectory directory = new MemberDirectory();
    final WindowedCounters counters;
    final SignalCatalogue signals;
    final RecentIds ids;
    final TreeMap<String, SourceTally> sources = new TreeMap<>();
    private final int livelyWindow;
    private @Nullable Map<String, SourceCounts> toldSources;
    GroupProfile profile;
    long t = Long.MIN_VALUE;
    long firstSeen = Long.MIN_VALUE;
    long position;
    private long touchedBy = Long.MIN_VALUE;
    long receivedAt;
    long lastChange = Long.MIN_VALUE;

    /** A group of which nothing is known yet. */
    public GroupState(String group, GroupSettings settings, WindowPlan plan) {
        this.settings = settings;
        this.counters = new WindowedCounters(settings, plan);
        this.signals = new SignalCatalogue(settings, counters);
        this.ids = new RecentIds(settings.dedupTtl());
        this.livelyWindow = LivelyRule.windowOf(settings.windows());
        this.profile = new GroupProfile(group, null, List.of(), 0, List.of(), null);
    }

    @Override
    public GroupProfile profile() {
        return profile;
    }

    /** The T it was last advanced to. */
    public long t() {
        return t;
    }

    /** The log position up to which everything about this group is contained in its state. */
    public long position() {
        return position;
    }

    @Override
    public long quietSince() {
        return Long.MAX_VALUE;
    }

    @Override
    public GroupState awake() {
        return this;
    }

    /** Whether its state can be kept as bytes: nothing is open in it, and nothing has been told of it for long. */
    public boolean maySleep() {
        return t >= sleepsAt() && counters.isQuiet();
    }

    /** Whether nothing has been told of it for so long at T = {@code now} that it need not be awake until something is due. */
    public boolean isQuietAt(long now) {
        return now >= sleepsAt();
    }

    private long sleepsAt() {
        return lastChange == Long.MIN_VALUE ? Long.MAX_VALUE : lastChange + settings.quietAfter();
    }

    /** Whether this is the first input of that entry that the group is handed; not saved. */
    public boolean isFirstTouch(long entry) {
        boolean first = touchedBy != entry;
        touchedBy = entry;
        return first;
    }

    /** Marks all entries up to {@code newPosition}, received at that wall clock time, as contained. */
    public void reached(long newPosition, long newReceivedAt) {
        position = newPosition;
        receivedAt = newReceivedAt;
        lastChange = t;
    }

    /**
     * Applies an event at T = {@code now}.
     *
     * @param eventReceivedAt the wall clock of its reception, by which its id is remembered
     * @return false if it is a duplicate, which changes nothing
     */
    public boolean apply(GroupEvent event, long eventReceivedAt, long now) {
        advance(now);
        toldSources = null;
        SourceTally source = tallyOf(event.source());
        long key = EventKey.of(event.source(), event.id());
        if (!ids.add(key, eventReceivedAt)) {
            source.addDuplicate();
            return false;
        }
        source.addApplied(event.ts(), event.ts() < t - settings.lateness());
        firstSeen = Math.min(firstSeen, event.ts());
        int member = -1;
        boolean customer = false;
        if (event.member() != null) {
            member = directory.indexOf(event.member());
            customer = directory.isCustomer(member, event.role());
        }
        signals.onEvent(new GroupSignal.Sighting(event, key, member, customer));
        return true;
    }

    private SourceTally tallyOf(String source) {
        SourceTally tally = sources.get(source);
        if (tally == null) {
            tally = new SourceTally();
            sources.put(source, tally);
        }
        return tally;
    }

    /**
     * Counts an order that names no group as told, at T = {@code now}, as if its events named this one; only the sources
     * count them where they arrived.
     *
     * @return false if a newer version is known, so that nothing changed
     */
    public boolean attribute(AttributedOrder told, long now) {
        advance(now);
        int member = directory.indexOf(told.member());
        OrderSignal.Retold retold =
                signals.orders().attribute(told, member, role -> directory.isCustomer(member, role));
        if (retold == null) {
            return false;
        }
        retold.gone().forEach(signals::onActTakenBack);
        retold.come().forEach(signals::onAct);
        return true;
    }

    public void register(GroupProfile newProfile, long now) {
        advance(now);
        profile = newProfile;
    }

    /** Puts a roster in force, unless a newer one is. */
    public void enrol(GroupRoster roster, long now) {
        advance(now);
        if (!signals.membership().isNewer(roster.version(), roster.ts())) {
            return;
        }
        int[] indexes = new int[roster.members().size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = directory.indexOf(roster.members().get(i).member());
        }
        BitSet customers = new BitSet(directory.size());
        for (int i = 0; i < indexes.length; i++) {
            Role role = roster.members().get(i).role();
            customers.set(indexes[i], role == Role.CUSTOMER);
            directory.setRosterRole(indexes[i], role);
            if (role != Role.CUSTOMER) {
                signals.onExcluded(indexes[i]);
            }
        }
        signals.membership().onRoster(roster.ts(), roster.version(), customers);
        signals.past().onRoster(roster.ts(), customers);
    }

    /** Puts the substitute in the member's place, which changes no number; false if the group does not know the member. */
    public boolean erase(MemberErasure erasure) {
        boolean known = directory.rename(erasure.member(), erasure.substitute());
        return signals.past().renameInviter(erasure.member(), erasure.substitute()) || known;
    }

    /** Moves T on; an earlier T changes nothing. Slices and days begin with a second, so windows move once in each. */
    public void advance(long now) {
        if (now > t) {
            long second = Math.floorDiv(now, SECOND) * SECOND;
            boolean isNewSecond = second > t;
            t = now;
            firstSeen = firstSeen == Long.MIN_VALUE ? now : firstSeen;
            if (isNewSecond) {
                counters.advance(second);
                signals.onTime(second);
            }
        }
    }

    /** The first moment at which the reading changes by time alone, or the group may sleep, or {@link Long#MAX_VALUE}. */
    public long nextDue() {
        long due = Math.min(counters.nextDue(), signals.nextDue());
        long dies = lastSign() + DEAD_AFTER;
        due = dies > t ? Math.min(due, dies) : due;
        if (t >= sleepsAt()) {
            return counters.isQuiet() ? due : Math.min(due, t + HOUR);
        }
        return Math.min(due, sleepsAt());
    }

    public GroupReading read() {
        List<Counts> windows = counters.windows();
        Map<String, SourceCounts> told = toldSources == null ? sourceCounts() : toldSources;
        toldSources = told;
        return new GroupReading(
                profile,
                state(windows),
                signals.membership().members(),
                signals.activeness().lastInteraction(),
                windows,
                counters.today(),
                breadth(),
                counters.total(),
                new GroupReading.RainReading(
                        counters.rain(Column.ORDERS_PAID),
                        counters.rain(Column.GMV_PAID),
                        counters.rain(Column.BUYERS)),
                SilenceReading.unknown(signals.activeness().lastInteraction()),
                signals.activeness().activity(),
                told,
                ids.size());
    }

    /** Most groups have one source. */
    private Map<String, SourceCounts> sourceCounts() {
        if (sources.size() == 1) {
            Map.Entry<String, SourceTally> only = sources.firstEntry();
            return Map.of(only.getKey(), only.getValue().counts());
        }
        Map<String, SourceCounts> counts = new HashMap<>();
        sources.forEach((source, tally) -> counts.put(source, tally.counts()));
        return Map.copyOf(counts);
    }

    private BreadthReading breadth() {
        return signals.activeness().breadth(signals.membership().attendance());
    }

    private ActivityState state(List<Counts> windows) {
        if (lastSign() + DEAD_AFTER <= t) {
            return ActivityState.DEAD;
        }
        Counts window = windows.get(livelyWindow);
        boolean lively = LivelyRule.isLively(
                window.get(Column.ACTIVE),
                window.get(Column.SPEAKERS),
                signals.membership().members());
        return lively ? ActivityState.LIVELY : ActivityState.NORMAL;
    }

    /** The last interaction, or the first sight of a group that never had one. */
    private long lastSign() {
        return Math.max(signals.activeness().lastInteraction(), firstSeen);
    }

    /** Orders ever paid; rises by one with the event that makes an order paid. */
    public long ordersPaid() {
        return counters.total(Column.ORDERS_PAID);
    }

    /** Visits the orders paid in {@code from <= ts < to}, in no order. */
    public void forEachPaid(long from, long to, OrderSignal.PaymentVisitor visitor) {
        signals.orders().forEachPaid(from, to, visitor);
    }

    /** The orders paid in {@code from <= ts < to}, in no order. */
    public List<PaidSale> sales(long from, long to) {
        return signals.orders().sales(from, to);
    }

    /** Visits the orders that add anything in {@code from <= ts < to}, in no order. */
    public void forEachOrder(long from, long to, Consumer<OrderEntry> visitor) {
        signals.orders().forEachOrder(from, to, visitor);
    }

    /** The id of a member of the {@link #past}. */
    public String idOf(int member) {
        return directory.idOf(member);
    }

    /** The id of the member with this index, null for -1. */
    public @Nullable String memberId(int index) {
        return index < 0 ? null : directory.idOf(index);
    }

    /** Customers in the group at T. */
    public int members() {
        return signals.membership().members();
    }

    /** What the customers did in the last days, and who was in when. */
    public PastSignal past() {
        return signals.past();
    }

    /** The operators' actions in {@code from <= ts < to}, oldest first. */
    public List<Stimulus> stimuli(long from, long to) {
        return signals.stimuli().between(from, to);
    }

    /** By item, empty for buys of none: what became of the group-buys opened in {@code from <= ts < to}. */
    public Map<String, BuySum> groupBuys(long from, long to) {
        return signals.groupBuys().sums(from, to);
    }

    /** Visits the one-minute buckets in {@code from <= minute < to} that have something in them, oldest first. */
    public void forEachMinute(long from, long to, PaneRing.PaneVisitor visitor) {
        counters.forEachMinute(from, to, visitor);
    }
}
