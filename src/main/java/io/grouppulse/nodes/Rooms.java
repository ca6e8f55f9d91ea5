package io.grouppulse.nodes;

import io.vertx.core.Future;

/** What a node opens and shuts as shards, and the lead, come to it and leave it. */
public interface Rooms {
    /** The shard is this node's: completes once it answers. */
    Future<Void> open(int shard);

    /** The shard goes, or is gone: completes once everything of it is saved, or saving was refused. */
    Future<Void> shut(int shard);

    /** This node leads. */
    Future<Void> openLead();

    Future<Void> shutLead();

    /** Who is there, or who owns what, is another than it was. */
    void seen(CrewView view);

    /** Everybody can know by now that this node has taken something, or given it away: they are to look. */
    void changed();
}
