/** Many nodes, one monitor: who is there, who owns which shard, and messages between them. */
@NullMarked
package io.grouppulse.nodes;

import org.jspecify.annotations.NullMarked;
