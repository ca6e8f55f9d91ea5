package io.grouppulse.nodes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is there and who owns what, as one node saw it last. Immutable. */
public record CrewView(List<Member> members) {
    static final CrewView NOBODY = new CrewView(List.of());

    public CrewView {
        members = List.copyOf(members);
    }

    public @Nullable Member find(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    public boolean has(Member member) {
        return members.stream().anyMatch(member::isSame);
    }

    public @Nullable Member leader() {
        return members.stream().filter(Member::leads).findFirst().orElse(null);
    }

    public @Nullable Member ownerOf(int shard) {
        return members.stream()
                .filter(member -> member.shards().contains(shard))
                .findFirst()
                .orElse(null);
    }

    /** The names of the owners, by shard. */
    public Map<Integer, String> owners() {
        Map<Integer, String> owners = new TreeMap<>();
        members.forEach(member -> member.shards().forEach(shard -> owners.putIfAbsent(shard, member.name())));
        return owners;
    }

    /** The names of those that take shards and can be talked to in this format. */
    List<String> takers(String format) {
        return members.stream()
                .filter(member -> !member.isLeaving() && member.format().equals(format))
                .map(Member::name)
                .toList();
    }
}
