/** Entries of 接龙 lists. */
@NullMarked
package io.grouppulse.domain.signal.chain;

import org.jspecify.annotations.NullMarked;
