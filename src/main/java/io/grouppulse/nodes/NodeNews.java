package io.grouppulse.nodes;

import io.grouppulse.ops.SourceLedger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes tell each other besides the messages of the bus. All are immutable. */
public final class NodeNews {
    /** A node has taken something, or given it away: look who has what. */
    public static final String LOOK = "nodes.look";

    /** {@link Ledger} of each node to all others, once a second. */
    public static final String LEDGER = "nodes.ledger";

    /** The definitions of campaigns have changed. */
    public static final String CAMPAIGNS = "nodes.campaigns";

    /** {@link Places} from the node that leads to all others. */
    public static final String PLACES = "nodes.places";

    /** {@link AskPlaces} to the node that leads. */
    public static final String ASK_PLACES = "nodes.places.ask";

    /** {@link RosterReached} from the node to which a change of a roster came to all others. */
    public static final String ROSTERS = "nodes.rosters";

    private NodeNews() {}

    /** What a node knows of each source. */
    public record Ledger(String node, Map<String, SourceLedger.Told> sources) {}

    /** Where groups stand now, and which are gone. */
    public record Places(Map<String, List<String>> orgs, Set<String> gone) {}

    /** The version that a chat's roster has reached by a change that is durable. */
    public record RosterReached(String source, String chat, String version) {}

    /** Answered by {@link Places} of all groups. */
    public record AskPlaces() {}
}
