/** When a group's gap between interactions is too long to be chance. */
@NullMarked
package io.grouppulse.domain.signal.silence;

import org.jspecify.annotations.NullMarked;
