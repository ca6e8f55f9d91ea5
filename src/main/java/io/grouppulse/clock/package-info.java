/** T, the monitor's evaluation time: the wall clock, or the largest accepted event time. */
@NullMarked
package io.grouppulse.clock;

import org.jspecify.annotations.NullMarked;
