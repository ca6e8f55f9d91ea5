package io.grouppulse.nodes;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Carries bytes to the inbox of a node. What is sent to a node comes in order; what is lost is not told of. */
public interface Post {
    /** Completes with whether the node is there in that life: whether it will read the message. */
    Future<Boolean> send(Member to, Buffer message);

    /** Hands over what comes to this node, on one context, until {@link #close}. */
    Future<Void> listen(Handler<Buffer> reader);

    Future<Void> close();
}
