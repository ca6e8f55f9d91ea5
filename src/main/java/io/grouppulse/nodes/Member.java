package io.grouppulse.nodes;

import io.grouppulse.bus.Messages;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A node as it tells of itself.
 *
 * @param life another one after each start of the node
 * @param format of its messages: nodes understand each other only if it is the same
 * @param leads whether it announces T and rolls up
 * @param isLeaving whether it gives its shards away and takes none
 * @param shards that it owns
 */
public record Member(String name, String life, String format, boolean leads, boolean isLeaving, Set<Integer> shards) {
    private static final String SEPARATOR = "|";
    private static final int PARTS = 4;

    public Member {
        shards = Set.copyOf(shards);
    }

    /** A node of this version that begins to live: it owns nothing. */
    public static Member begin(String name) {
        return new Member(
                name,
                Long.toUnsignedString(new SecureRandom().nextLong(), Character.MAX_RADIX),
                Format.of(Messages.class, NodeNews.class),
                false,
                false,
                Set.of());
    }

    /** As text, without the name. */
    public String told() {
        String flags = (leads ? "L" : "-") + (isLeaving ? "G" : "-");
        String owned = new TreeSet<>(shards).stream().map(String::valueOf).collect(Collectors.joining(","));
        return String.join(SEPARATOR, life, format, flags, owned);
    }

    /** @throws IllegalArgumentException if that is no such text */
    public static Member of(String name, String told) {
        String[] parts = told.split("\\|", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("node " + name + " tells of itself in another way: " + told);
        }
        Set<Integer> shards = new TreeSet<>();
        for (String shard : parts[3].split(",", -1)) {
            if (!shard.isEmpty()) {
                shards.add(Integer.valueOf(shard));
            }
        }
        return new Member(name, parts[0], parts[1], parts[2].startsWith("L"), parts[2].endsWith("G"), shards);
    }

    /** Whether it is the same node in the same life. */
    public boolean isSame(Member other) {
        return name.equals(other.name) && life.equals(other.life);
    }
}
