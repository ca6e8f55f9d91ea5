/** One verticle per shard: follow the log, deduplicate, apply, tick, read; recovery and saving. */
@NullMarked
package io.grouppulse.windowing;

import org.jspecify.annotations.NullMarked;
