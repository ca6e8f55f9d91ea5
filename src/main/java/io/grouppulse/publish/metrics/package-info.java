/** The measures and the monitor's own meters for Prometheus. */
@NullMarked
package io.grouppulse.publish.metrics;

import org.jspecify.annotations.NullMarked;
