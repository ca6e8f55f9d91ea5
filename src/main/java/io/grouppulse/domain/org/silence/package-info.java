/** Who is silent, seen from above: groups against the clock of their organisation, and whole nodes. */
@NullMarked
package io.grouppulse.domain.org.silence;

import org.jspecify.annotations.NullMarked;
