/** Operators' actions: what may set activity off. */
@NullMarked
package io.grouppulse.domain.signal.stimulus;

import org.jspecify.annotations.NullMarked;
