package io.grouppulse.domain.group;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group's state as named parts of bytes: {@code state}, one part for each generation of remembered ids and one
 * for each day of its past, so that saving a busy group again does not write again what is old. Restoring what was saved gives the same bytes again.
 */
public final class SavedGroup {
    private static final String STATE = "state";
    private static final int VERSION = 8;
    private static final int LONGEST_NUMBER = 10;

    private SavedGroup() {}

    /** The parts that changed since this group was last saved; null for one to be removed. */
    public static Map<String, byte @Nullable []> save(GroupState group) {
        return save(group, new SavedWriter());
    }

    /** Like {@link #save(GroupState)}, written in {@code out}, which begins anew: one for many groups saves its growing. */
    public static Map<String, byte @Nullable []> save(GroupState group, SavedWriter out) {
        Map<String, byte @Nullable []> parts = new HashMap<>();
        group.ids.save(group.receivedAt, parts);
        group.signals.past().saveDays(parts);
        out.reset();
        out.number(VERSION);
        out.text(group.settings.layout());
        saveProfile(out, group.profile);
        saveState(out, group);
        parts.put(STATE, out.toBytes());
        return parts;
    }

    private static void saveState(SavedWriter out, GroupState group) {
        out.number(group.t);
        out.number(group.lastChange);
        out.number(group.firstSeen);
        out.number(group.position);
        out.number(group.receivedAt);
        out.number(group.sources.size());
        group.sources.forEach((source, tally) -> {
            SourceCounts counts = tally.counts();
            out.text(source);
            out.number(counts.applied());
            out.number(counts.duplicates());
            out.number(counts.late());
            out.number(counts.newestTs());
        });
        group.directory.save(out);
        group.counters.save(out);
        group.signals.save(out);
    }

    /** Everything but the profile in one piece, to be kept in memory. */
    static byte[] pack(GroupState group) {
        unsaved(group);
        TreeMap<String, byte @Nullable []> parts = new TreeMap<>();
        group.ids.save(group.receivedAt, parts);
        group.signals.past().saveDays(parts);
        SavedWriter out = new SavedWriter();
        saveState(out, group);
        packParts(out, parts);
        return out.toBytes();
    }

    /**
     * What {@link #pack} makes of the group that {@link #restoreAsSaved} gave: the state is packed as it is saved, so that it
     * is copied and not written again.
     */
    static byte[] pack(Map<String, byte[]> saved, int stateFrom) {
        TreeMap<String, byte @Nullable []> parts = new TreeMap<>(saved);
        byte[] state = Objects.requireNonNull(parts.remove(STATE));
        int size = state.length - stateFrom + LONGEST_NUMBER;
        for (Map.Entry<String, byte @Nullable []> part : parts.entrySet()) {
            byte[] bytes = Objects.requireNonNull(part.getValue());
            size += part.getKey().length() + bytes.length + 3 * LONGEST_NUMBER;
        }
        SavedWriter out = new SavedWriter(size);
        out.written(state, stateFrom);
        packParts(out, parts);
        return out.toBytes();
    }

    private static void packParts(SavedWriter out, Map<String, byte @Nullable []> parts) {
        out.number(parts.size());
        parts.forEach((name, bytes) -> {
            out.text(name);
            out.flag(bytes != null);
            if (bytes != null) {
                out.bytes(bytes);
            }
        });
    }

    /** What {@link #pack} was given; what of it the store has is no longer known, so that saving it writes everything. */
    static GroupState unpack(GroupProfile profile, byte[] bytes, GroupSettings settings, WindowPlan plan) {
        GroupState group = new GroupState(profile.group(), settings, plan);
        group.profile = profile;
        SavedReader in = new SavedReader(bytes);
        restoreState(in, group);
        int parts = in.size();
        for (int i = 0; i < parts; i++) {
            String name = in.text();
            if (in.flag()) {
                restorePart(group, name, in.bytes());
            } else if (!group.signals.past().restoreDropped(name)) {
                group.ids.restoreDropped(name);
            }
        }
        in.end();
        unsaved(group);
        return group;
    }

    private static void restorePart(GroupState group, String name, byte[] bytes) {
        if (!group.signals.past().restoreDay(name, bytes)) {
            group.ids.restore(name, bytes);
        }
    }

    /** Every part that saving may have written of this group, to be removed. */
    public static Map<String, byte @Nullable []> removal(GroupState group) {
        Map<String, byte @Nullable []> parts = new HashMap<>();
        group.ids.nameAll(parts);
        group.signals.past().nameDays(parts);
        parts.put(STATE, null);
        return parts;
    }

    /** The last {@link #save} did not reach the store: the next one must contain everything. */
    public static void unsaved(GroupState group) {
        group.ids.unsaved();
        group.signals.past().unsaved();
    }

    /** @throws SavedStateException if the parts are not what {@link #save} wrote under these settings */
    public static GroupState restore(Map<String, byte[]> parts, GroupSettings settings, WindowPlan plan) {
        return restoreAsSaved(parts, settings, plan).group();
    }

    /** @throws SavedStateException if the parts are not what {@link #save} wrote under these settings */
    public static RestoredGroup restoreAsSaved(Map<String, byte[]> parts, GroupSettings settings, WindowPlan plan) {
        byte[] state = parts.get(STATE);
        if (state == null) {
            throw new SavedStateException("part '" + STATE + "' is missing");
        }
        try {
            SavedReader in = new SavedReader(state);
            GroupState group = restoreProfileOf(in, settings, plan);
            int stateFrom = in.position();
            restoreState(in, group);
            in.end();
            parts.forEach((name, bytes) -> {
                if (!name.equals(STATE)) {
                    restorePart(group, name, bytes);
                }
            });
            return new RestoredGroup(group, parts, stateFrom);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new SavedStateException("inconsistent: " + e.getMessage());
        }
    }

    private static GroupState restoreProfileOf(SavedReader in, GroupSettings settings, WindowPlan plan) {
        long version = in.number();
        if (version != VERSION) {
            throw new SavedStateException("format version " + version + ", this program knows " + VERSION
                    + ": start the version that wrote it, or start with an empty store");
        }
        String layout = in.text();
        if (!layout.equals(settings.layout())) {
            throw new SavedStateException("saved under other settings (" + layout + ") than now (" + settings.layout()
                    + "): keep those, or start with an empty data.dir");
        }
        GroupProfile profile = restoreProfile(in);
        GroupState group = new GroupState(profile.group(), settings, plan);
        group.profile = profile;
        return group;
    }

    private static void restoreState(SavedReader in, GroupState group) {
        group.t = in.number();
        group.lastChange = in.number();
        group.firstSeen = in.number();
        group.position = in.number();
        group.receivedAt = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            group.sources.put(
                    in.text(), new SourceTally(new SourceCounts(in.number(), in.number(), in.number(), in.number())));
        }
        group.directory.restore(in);
        group.counters.restore(in);
        group.signals.restore(in);
    }

    private static void saveProfile(SavedWriter out, GroupProfile profile) {
        out.text(profile.group());
        out.text(profile.name());
        saveTexts(out, profile.orgs());
        out.number(profile.capacity());
        saveTexts(out, profile.tags());
        out.text(profile.owner());
    }

    private static GroupProfile restoreProfile(SavedReader in) {
        return new GroupProfile(
                in.text(), in.textOrNull(), restoreTexts(in), in.index(), restoreTexts(in), in.textOrNull());
    }

    private static void saveTexts(SavedWriter out, List<String> texts) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    private static List<String> restoreTexts(SavedReader in) {
        List<String> texts = new ArrayList<>();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }
}
