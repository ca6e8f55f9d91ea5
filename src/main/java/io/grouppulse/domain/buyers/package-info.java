/** Who bought how often, as partial results that can be merged. */
@NullMarked
package io.grouppulse.domain.buyers;

import org.jspecify.annotations.NullMarked;
