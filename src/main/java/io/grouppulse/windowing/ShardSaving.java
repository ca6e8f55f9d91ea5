package io.grouppulse.windowing;

import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.group.RestoredGroup;
import io.grouppulse.domain.group.SavedGroup;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the groups that changed into records for the store, a few at a time, and records back into groups. A round that
 * began at position P and was stored makes P the shard's saved position: whatever a group took later is in its own record.
 */
public final class ShardSaving {
    private static final String ORDERS = "\u0000orders";
    private static final char PART = '\u0000';
    private static final int ASLEEP_A_ROUND = 256;

    private final Map<String, KnownGroup> groups;
    private final NewestOrders newestOrders;
    private final ShardAttribution attribution;
    private final SavedWriter scratch = new SavedWriter();
    private final Set<String> unsaved = new LinkedHashSet<>();
    private final Set<String> asleep = new LinkedHashSet<>();
    private final Map<String, byte @Nullable []> removals = new HashMap<>();

    ShardSaving(Map<String, KnownGroup> groups, NewestOrders newestOrders, ShardAttribution attribution) {
        this.groups = groups;
        this.newestOrders = newestOrders;
        this.attribution = attribution;
    }

    void noteChange(String group) {
        unsaved.add(group);
    }

    /**
     * A group was put to sleep as it is now. Nothing is lost if that is not saved, but what is saved as it sleeps need not be
     * moved on when it is restored; so a few are saved with each round, however many fell asleep at once.
     */
    void noteAsleep(String group) {
        asleep.add(group);
    }

    void noteRemoval(GroupState group) {
        unsaved.remove(group.group());
        asleep.remove(group.group());
        SavedGroup.removal(group).forEach((part, none) -> removals.put(keyOf(group.group(), part), none));
    }

    public boolean hasUnsaved() {
        return !unsaved.isEmpty() || !asleep.isEmpty() || !removals.isEmpty() || attribution.hasUnsaved();
    }

    /** Begins a round with everything unsaved at this moment, and some that only fell asleep. */
    public Round begin(long position) {
        Iterator<String> slept = asleep.iterator();
        for (int i = 0; i < ASLEEP_A_ROUND && slept.hasNext(); i++) {
            unsaved.add(slept.next());
            slept.remove();
        }
        Round round = new Round(position, List.copyOf(unsaved), new HashMap<>(removals));
        unsaved.clear();
        removals.clear();
        return round;
    }

    /** One saving: {@link #writeSome} until it says false, then store {@link #records} at {@link #position}. */
    public final class Round {
        private final long position;
        private final List<String> chosen;
        private final Iterator<String> left;
        private final Map<String, byte @Nullable []> gone;
        private final Map<String, byte @Nullable []> records;

        private Round(long position, List<String> chosen, Map<String, byte @Nullable []> gone) {
            this.position = position;
            this.chosen = chosen;
            this.left = chosen.iterator();
            this.gone = gone;
            this.records = new HashMap<>(gone);
        }

        public long position() {
            return position;
        }

        /** Writes up to {@code most} groups; false when none is left. */
        public boolean writeSome(int most) {
            for (int i = 0; i < most && left.hasNext(); i++) {
                KnownGroup known = groups.get(left.next());
                if (known != null) {
                    SavedGroup.save(known.awake(), scratch)
                            .forEach((part, bytes) -> records.put(keyOf(known.group(), part), bytes));
                }
            }
            if (!left.hasNext()) {
                records.put(ORDERS, newestOrders.save());
                records.putAll(attribution.save());
            }
            return left.hasNext();
        }

        public Map<String, byte @Nullable []> records() {
            return records;
        }

        /** The store could not take it: everything is unsaved again. */
        public void failed() {
            for (String id : chosen) {
                KnownGroup known = groups.get(id);
                if (known instanceof GroupState awake) {
                    SavedGroup.unsaved(awake);
                }
                if (known != null) {
                    // one that sleeps is always written whole
                    unsaved.add(id);
                }
            }
            gone.forEach(removals::putIfAbsent);
            attribution.unsaved(records.keySet());
        }
    }

    /**
     * Rebuilds the groups; returns the newest T among them.
     *
     * @param keep says how a group is kept
     */
    long restore(
            Map<String, byte[]> records,
            GroupSettings settings,
            WindowPlan plan,
            Function<RestoredGroup, KnownGroup> keep) {
        Map<String, Map<String, byte[]>> partsByGroup = new HashMap<>();
        records.forEach((key, bytes) -> {
            if (key.equals(ORDERS)) {
                newestOrders.restore(bytes);
            } else if (!attribution.restore(key, bytes)) {
                int separator = key.lastIndexOf(PART);
                partsByGroup
                        .computeIfAbsent(key.substring(0, separator), group -> new HashMap<>())
                        .put(key.substring(separator + 1), bytes);
            }
        });
        long newest = Long.MIN_VALUE;
        List<String> damaged = new ArrayList<>();
        for (Map.Entry<String, Map<String, byte[]>> parts : partsByGroup.entrySet()) {
            try {
                RestoredGroup restored = SavedGroup.restoreAsSaved(parts.getValue(), settings, plan);
                newest = Math.max(newest, restored.group().t());
                groups.put(restored.group().group(), keep.apply(restored));
            } catch (SavedStateException e) {
                damaged.add("group '" + parts.getKey() + "': " + e.getMessage());
            }
        }
        if (!damaged.isEmpty()) {
            throw new SavedStateException(
                    damaged.size() + " saved group states cannot be read; the first: " + damaged.get(0));
        }
        return newest;
    }

    private static String keyOf(String group, String part) {
        return group + PART + part;
    }
}
