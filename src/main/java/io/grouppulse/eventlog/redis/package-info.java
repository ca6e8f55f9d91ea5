/**
 * The store on Redis. Everything of a shard is in one hash slot, so that one script can look at the owner, the log and
 * the saved groups together.
 */
@NullMarked
package io.grouppulse.eventlog.redis;

import org.jspecify.annotations.NullMarked;
