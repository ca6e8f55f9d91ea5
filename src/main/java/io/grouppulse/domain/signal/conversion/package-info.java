/** Touches and the paid orders that followed them in time. */
@NullMarked
package io.grouppulse.domain.signal.conversion;

import org.jspecify.annotations.NullMarked;
