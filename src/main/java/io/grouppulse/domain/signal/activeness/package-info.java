/** Messages, interactions, and who spoke or acted. */
@NullMarked
package io.grouppulse.domain.signal.activeness;

import org.jspecify.annotations.NullMarked;
