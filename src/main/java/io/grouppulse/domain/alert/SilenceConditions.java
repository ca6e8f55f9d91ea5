package io.grouppulse.domain.alert;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What silence there is to alert on, made of what is known of each group's talk. The node that is silent as a whole speaks for all its groups, and a
 * source that is down for all it feeds: it is not the group that is silent then.
 */
public final class SilenceConditions {
    private final SeenTime times;

    public SilenceConditions(ZoneId zone) {
        this.times = new SeenTime(zone);
    }

    /** What is known of a group's talk. */
    public enum Talk {
        HEARD,
        SILENT,
        /** It cannot be heard: what is open on it, and on the nodes above it, stays open. */
        UNKNOWN,
        /** Given up: nothing new is said of it. */
        DEAD
    }

    /** A silence from {@code since} to {@code until}, epoch millis, in which so many interactions were to be expected. */
    public record Broken(long since, long until, double expected) {}

    /**
     * A group as far as silence is concerned.
     *
     * @param orgs at least one organisation path
     * @param since its newest interaction, epoch millis
     * @param expected interactions to be expected since then, NaN when nothing can be said
     * @param parent path of the node that speaks for it, or null
     * @param broken the silence it has broken, but not left, or null
     * @param sources names of the sources that feed it
     */
    public record Group(
            String id,
            @Nullable String name,
            List<String> orgs,
            @Nullable String owner,
            Talk talk,
            long since,
            double expected,
            @Nullable String parent,
            @Nullable Broken broken,
            Set<String> sources) {
        public Group {
            orgs = List.copyOf(orgs);
            sources = Set.copyOf(sources);
        }

        AlertKey key() {
            return new AlertKey(AlertKind.GROUP_SILENT, id);
        }
    }

    /**
     * The groups that are directly under one node, as far as their first path goes.
     *
     * @param heard those whose talk is heard
     */
    public record Siblings(int all, int heard) {
        /** As told of a silent one of them. */
        private String besides(String org) {
            return switch (all) {
                case 1 -> "the only group of " + org;
                case 2 -> heard == 1 ? "the other group of " + org + " is fine" : "so is the other group of " + org;
                default -> heard + " of the " + (all - 1) + " other groups of " + org + " are fine";
            };
        }
    }

    /**
     * @param groups all that are silent, and those that something is open on
     * @param siblings those of each silent group, by its first path
     * @param unheard nodes that something is open on and that have a group of which nothing is known
     */
    public record Heard(Collection<Group> groups, Map<String, Siblings> siblings, Set<String> unheard) {}

    /**
     * @param down names of the sources that are down
     * @param open what is firing now: only of these can it matter that nothing can be said
     */
    public Observation observe(Heard heard, Set<String> down, Set<AlertKey> open, long t) {
        List<Condition> conditions = new ArrayList<>();
        Set<AlertKey> inhibited = new HashSet<>();
        Set<AlertKey> unknown = new HashSet<>();
        Map<String, AlertKey> openGroups = bySubject(open, AlertKind.GROUP_SILENT);
        Map<String, List<Group>> byParent = new TreeMap<>();
        // While a group cannot be heard, nothing is said of the nodes above it either.
        Map<String, AlertKey> openNodes = bySubject(open, AlertKind.ORG_SILENT);
        heard.unheard().forEach(path -> addIfOpen(path, openNodes, unknown));
        for (Group group : heard.groups()) {
            if (group.talk() == Talk.DEAD || group.talk() == Talk.UNKNOWN) {
                addIfOpen(group.id(), openGroups, unknown);
            } else if (group.talk() == Talk.SILENT) {
                conditions.add(condition(group, heard.siblings(), t));
                boolean deaf = group.sources().stream().anyMatch(down::contains);
                if (group.parent() != null || deaf) {
                    inhibited.add(group.key());
                }
                if (group.parent() != null) {
                    byParent.computeIfAbsent(group.parent(), path -> new ArrayList<>())
                            .add(group);
                }
            }
        }
        byParent.forEach((path, silent) -> {
            Condition node = condition(path, silent, t);
            conditions.add(node);
            if (silent.stream().anyMatch(group -> group.sources().stream().anyMatch(down::contains))) {
                inhibited.add(node.key());
            }
        });
        return new Observation(conditions, inhibited, unknown);
    }

    private static void addIfOpen(String subject, Map<String, AlertKey> open, Set<AlertKey> to) {
        AlertKey key = open.get(subject);
        if (key != null) {
            to.add(key);
        }
    }

    private static Map<String, AlertKey> bySubject(Set<AlertKey> keys, AlertKind kind) {
        Map<String, AlertKey> bySubject = new HashMap<>();
        for (AlertKey key : keys) {
            if (key.kind() == kind) {
                bySubject.put(key.subject(), key);
            }
        }
        return bySubject;
    }

    private Condition condition(Group group, Map<String, Siblings> siblings, long t) {
        Broken broken = group.broken();
        String text = broken == null
                ? "expected " + interactions(group.expected()) + " since " + times.of(group.since(), t) + ", saw 0"
                : "expected " + interactions(broken.expected()) + " from " + times.of(broken.since(), t) + " to "
                        + times.of(broken.until(), t) + ", saw 0; it has only just begun to talk again";
        String org = group.orgs().get(0);
        String beside = Objects.requireNonNull(siblings.get(org)).besides(org);
        return new Condition(group.key(), group.name(), group.orgs(), group.owner(), text + "; " + beside);
    }

    private Condition condition(String path, List<Group> silent, long t) {
        double expected = silent.stream()
                .mapToDouble(Group::expected)
                .filter(value -> !Double.isNaN(value))
                .sum();
        long since = silent.stream().mapToLong(Group::since).max().orElse(t);
        String text = silent.size() + " groups, none heard since " + times.of(since, t) + "; expected "
                + interactions(expected) + " of them since each was last heard, saw 0";
        return new Condition(
                new AlertKey(AlertKind.ORG_SILENT, path), null, path.isEmpty() ? List.of() : List.of(path), null, text);
    }

    private static String interactions(double expected) {
        if (Double.isNaN(expected)) {
            return "interactions";
        }
        long rounded = Math.max(1, Math.round(expected));
        return rounded == 1 ? "1 interaction" : rounded + " interactions";
    }
}
