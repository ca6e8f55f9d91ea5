/** What the monitor knows about itself: the health of its sources and its own meters. */
@NullMarked
package io.grouppulse.ops;

import org.jspecify.annotations.NullMarked;
