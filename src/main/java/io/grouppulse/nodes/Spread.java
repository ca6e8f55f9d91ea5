package io.grouppulse.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which node is to own which shard: evenly, with one shard more or less, and with as few moves as that takes. It depends
 * on nothing but who is there and who owns what, so all nodes that see the same want the same.
 */
public final class Spread {
    private Spread() {}

    /**
     * Who is to own each shard.
     *
     * @param nodes in an order of their own, each once; where all else is equal shard number modulo their number is the
     *     place of its owner among them
     * @param owners by shard; a shard without owner, or with one that is not among the nodes, is free
     */
    public static Map<Integer, String> of(List<String> nodes, int shards, Map<Integer, String> owners) {
        Map<Integer, String> wanted = new TreeMap<>();
        if (nodes.isEmpty()) {
            return wanted;
        }
        Map<String, Integer> room = room(nodes, shards, owners);
        TreeSet<Integer> left = new TreeSet<>();
        for (int shard = 0; shard < shards; shard++) {
            left.add(shard);
        }
        // those in their place stay first, so that it is the others that move
        keep(nodes, owners, room, left, wanted, true);
        keep(nodes, owners, room, left, wanted, false);
        for (int shard : List.copyOf(left)) {
            String place = nodes.get(shard % nodes.size());
            if (room.getOrDefault(place, 0) > 0) {
                give(shard, place, room, left, wanted);
            }
        }
        for (int shard : List.copyOf(left)) {
            String any = nodes.stream()
                    .filter(node -> room.getOrDefault(node, 0) > 0)
                    .findFirst()
                    .orElseThrow();
            give(shard, any, room, left, wanted);
        }
        return wanted;
    }

    /** How many shards each node is to own; those that own the most now are those that own one more. */
    private static Map<String, Integer> room(List<String> nodes, int shards, Map<Integer, String> owners) {
        Map<String, Integer> owned = new HashMap<>();
        owners.values().forEach(node -> owned.merge(node, 1, Integer::sum));
        List<String> byLoad = new ArrayList<>(nodes);
        byLoad.sort((one, other) -> Integer.compare(owned.getOrDefault(other, 0), owned.getOrDefault(one, 0)));
        Map<String, Integer> room = new HashMap<>();
        for (int i = 0; i < byLoad.size(); i++) {
            room.put(byLoad.get(i), shards / nodes.size() + (i < shards % nodes.size() ? 1 : 0));
        }
        return room;
    }

    private static void keep(
            List<String> nodes,
            Map<Integer, String> owners,
            Map<String, Integer> room,
            Set<Integer> left,
            Map<Integer, String> wanted,
            boolean onlyInPlace) {
        for (int shard : List.copyOf(left)) {
            String owner = owners.get(shard);
            boolean isInPlace = nodes.get(shard % nodes.size()).equals(owner);
            if (owner != null && room.getOrDefault(owner, 0) > 0 && (isInPlace || !onlyInPlace)) {
                give(shard, owner, room, left, wanted);
            }
        }
    }

    private static void give(
            int shard, String node, Map<String, Integer> room, Set<Integer> left, Map<Integer, String> wanted) {
        room.merge(node, -1, Integer::sum);
        left.remove(shard);
        wanted.put(shard, node);
    }
}
