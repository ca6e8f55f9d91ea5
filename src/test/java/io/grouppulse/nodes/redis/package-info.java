/** Nodes that meet on a real Redis. */
@NullMarked
package io.grouppulse.nodes.redis;

import org.jspecify.annotations.NullMarked;
