/** The rules about the whole product. */
@NullMarked
package io.grouppulse;

import org.jspecify.annotations.NullMarked;
