/** Nodes find each other, and reach each other, over Redis. */
@NullMarked
package io.grouppulse.nodes.redis;

import org.jspecify.annotations.NullMarked;
