/** The bytes in which state is saved: a writer and a reader of variable-length numbers. */
@NullMarked
package io.grouppulse.domain.saved;

import org.jspecify.annotations.NullMarked;
