package io.grouppulse.eventlog;

import io.vertx.core.Future;
import java.util.function.IntConsumer;

/**
 * Which node may own a shard. A lease keeps others from taking a shard whose owner is well; it makes nothing safe: that
 * is the epoch, which every save shows. Any thread may ask.
 */
public interface ShardLeases {
    /** In the place of a shard: what belongs to no shard, such as the organisation's sums. Who owns it leads. */
    int WHOLE = -1;

    /** Completes with whether the shard is this node's now; false while another one holds its lease. */
    Future<Boolean> take(int shard);

    /** Leaves a shard to others at once; what is saved after it is refused. */
    Future<Void> leave(int shard);

    /** Whether the shard is this node's and no other can have taken it by now: its lease was renewed not long ago. */
    boolean holds(int shard);

    /** Rises with each owner of the shard; 0 if it is not this node's. */
    long epoch(int shard);

    /** How long a lease lasts that nobody renews, millis. */
    long leaseMillis();

    /** Is told when another node has taken a shard that this one believed to be its own. */
    void onLost(IntConsumer listener);
}
