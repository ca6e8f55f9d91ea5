package io.grouppulse.bus;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where each group stands in the organisation as of the newest roll-up: written by the roll-up, read by whoever has to
 * decide at once. Thread-safe.
 */
public final class GroupPlaces {
    private final Map<String, List<String>> orgs = new ConcurrentHashMap<>();

    public void put(String group, List<String> paths) {
        orgs.put(group, paths);
    }

    public void remove(String group) {
        orgs.remove(group);
    }

    /** All groups and their paths, as of now. */
    public Map<String, List<String>> all() {
        return Map.copyOf(orgs);
    }

    /** Only these are known from now on. */
    public void replaceAll(Map<String, List<String>> paths) {
        orgs.keySet().retainAll(paths.keySet());
        orgs.putAll(paths);
    }

    /** The paths of a group; none if it is unknown. */
    public List<String> orgsOf(String group) {
        return orgs.getOrDefault(group, List.of());
    }
}
