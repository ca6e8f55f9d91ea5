/**
 * Redis streams to which others add events: read as a consumer group does, acknowledged when the events are durable in
 * the monitor's own log.
 */
@NullMarked
package io.grouppulse.ingest.redis;

import org.jspecify.annotations.NullMarked;
