package io.grouppulse.nodes;

import io.vertx.core.Future;
import java.util.List;

/** Where nodes tell that they are there. */
public interface Membership {
    /** Says that this node is there, until its lease runs out; completes with all who are, this one included, by name. */
    Future<List<Member>> tell(Member self);

    /** This node goes away. */
    Future<Void> leave(Member self);
}
