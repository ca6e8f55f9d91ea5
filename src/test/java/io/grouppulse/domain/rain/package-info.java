/** Order rain episodes held against their definition. */
@NullMarked
package io.grouppulse.domain.rain;

import org.jspecify.annotations.NullMarked;
