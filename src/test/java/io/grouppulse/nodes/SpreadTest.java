package io.grouppulse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Property(tries = 2_000)
    void anySpread_isEven_movesAsFewAsCanBe_andWantsNothingMoreOnceItIsThere(
            @ForAll @IntRange(min = 1, max = 7) int count,
            @ForAll @IntRange(min = 1, max = 40) int shards,
            @ForAll @IntRange(min = 0, max = 3) int strangers,
            @ForAll long seed) {
        List<String> nodes = names(count);
        Map<Integer, String> owners = anyOwners(nodes, strangers, shards, new Random(seed));

        Map<Integer, String> wanted = Spread.of(nodes, shards, owners);

        assertThat(wanted).hasSize(shards);
        int[] owned = nodes.stream()
                .mapToInt(node -> Collections.frequency(wanted.values(), node))
                .sorted()
                .toArray();
        assertThat(IntStream.of(owned).sum()).isEqualTo(shards);
        assertThat(owned[count - 1] - owned[0]).isLessThanOrEqualTo(1);
        long moved = owners.entrySet().stream()
                .filter(owner -> nodes.contains(owner.getValue()))
                .filter(owner -> !owner.getValue().equals(wanted.get(owner.getKey())))
                .count();
        assertThat(moved).isEqualTo(fewestMoves(nodes, shards, owners));
        assertThat(Spread.of(nodes, shards, wanted)).isEqualTo(wanted);
    }

    /** Those that have the most may keep the most; what is over has to go. */
    private static long fewestMoves(List<String> nodes, int shards, Map<Integer, String> owners) {
        List<Integer> owned = new ArrayList<>();
        nodes.forEach(node -> owned.add(Collections.frequency(owners.values(), node)));
        owned.sort(Collections.reverseOrder());
        long moves = 0;
        for (int i = 0; i < owned.size(); i++) {
            int kept = shards / nodes.size() + (i < shards % nodes.size() ? 1 : 0);
            moves += Math.max(0, owned.get(i) - kept);
        }
        return moves;
    }

    private static Map<Integer, String> anyOwners(List<String> nodes, int strangers, int shards, Random random) {
        List<String> all = new ArrayList<>(nodes);
        IntStream.range(0, strangers).forEach(i -> all.add("gone-" + i));
        Map<Integer, String> owners = new HashMap<>();
        for (int shard = 0; shard < shards; shard++) {
            int owner = random.nextInt(all.size() + 1);
            if (owner < all.size()) {
                owners.put(shard, all.get(owner));
            }
        }
        return owners;
    }

    @Test
    void ownersInTheirPlace_areThoseThatStay() {
        List<String> nodes = names(2);

        assertThat(Spread.of(nodes, 4, Map.of(0, "node-0", 1, "node-0", 2, "node-0", 3, "node-0")))
                .isEqualTo(new TreeMap<>(Map.of(0, "node-0", 1, "node-1", 2, "node-0", 3, "node-1")));
    }

    @Test
    void freeShards_goToTheNodeInWhosePlaceTheyStand() {
        assertThat(Spread.of(names(3), 6, Map.of()))
                .isEqualTo(new TreeMap<>(
                        Map.of(0, "node-0", 1, "node-1", 2, "node-2", 3, "node-0", 4, "node-1", 5, "node-2")));
    }

    @Test
    void noNode_isWantedWhereThereIsNone() {
        assertThat(Spread.of(List.of(), 4, Map.of(0, "gone"))).isEmpty();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "node-" + i).toList();
    }
}
