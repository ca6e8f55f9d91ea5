/** Organisation nodes, lists and newest orders from the shards' readings, all as of one T. */
@NullMarked
package io.grouppulse.rollup;

import org.jspecify.annotations.NullMarked;
