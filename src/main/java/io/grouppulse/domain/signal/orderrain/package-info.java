/** Orders as state machines, their counts and money. */
@NullMarked
package io.grouppulse.domain.signal.orderrain;

import org.jspecify.annotations.NullMarked;
