/** The durable log of each shard and the store of saved group states: two ports, their adapters below. */
@NullMarked
package io.grouppulse.eventlog;

import org.jspecify.annotations.NullMarked;
