package io.grouppulse.ingest.callback.wecom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version of each chat's roster after the newest change that was taken, for the chats of one source that changed last.
 * Thread-safe.
 */
final class RosterChains {
    private static final int CAPACITY = 200_000;

    private final Map<String, String> versions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > CAPACITY;
        }
    };

    /** How a change stands to the ones before. */
    enum Link {
        /** It starts where the last one ended. */
        NEXT,
        /** It leads to where the roster is already. */
        REPEATED,
        /** Something in between is missing. */
        BROKEN,
        /** Nothing is known before it. */
        UNKNOWN
    }

    /** @param before the version until then, null if unknown */
    record Step(Link link, String chat, @Nullable String before, String after) {}

    /** @param current empty if the change names no versions, as older callbacks do: then nothing is known and learnt */
    synchronized Step follow(String chat, String last, String current) {
        String ours = versions.get(chat);
        if (current.isEmpty()) {
            return new Step(Link.UNKNOWN, chat, ours, current);
        }
        Link link = link(ours, last, current);
        if (link != Link.REPEATED) {
            versions.put(chat, current);
        }
        return new Step(link, chat, ours, current);
    }

    /** Forgets a step whose events were lost, unless another followed: then the chain shows a break when it comes again. */
    synchronized void undo(Step step) {
        if (step.after().equals(versions.get(step.chat()))) {
            if (step.before() == null) {
                versions.remove(step.chat());
            } else {
                versions.put(step.chat(), step.before());
            }
        }
    }

    synchronized boolean knows(String chat) {
        return versions.containsKey(chat);
    }

    /** Takes what was known before a restart, or what another node knows. */
    synchronized void learn(String chat, String version) {
        versions.put(chat, version);
    }

    /** By chat, the least lately changed first. */
    synchronized Map<String, String> versions() {
        return new LinkedHashMap<>(versions);
    }

    private static Link link(@Nullable String ours, String last, String current) {
        if (ours == null) {
            return Link.UNKNOWN;
        }
        if (ours.equals(current)) {
            return Link.REPEATED;
        }
        return ours.equals(last) ? Link.NEXT : Link.BROKEN;
    }
}
