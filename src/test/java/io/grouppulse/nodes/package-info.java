/** The laws of how shards are spread, and of what nodes tell each other. */
@NullMarked
package io.grouppulse.nodes;

import org.jspecify.annotations.NullMarked;
