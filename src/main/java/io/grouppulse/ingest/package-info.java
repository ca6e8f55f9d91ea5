/** The one door in: decoded events are checked, routed to shards and made durable; what is refused is kept with its reason. */
@NullMarked
package io.grouppulse.ingest;

import org.jspecify.annotations.NullMarked;
