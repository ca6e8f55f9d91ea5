/** The organisation: nodes by path, and the sums of their groups' readings. */
@NullMarked
package io.grouppulse.domain.org;

import org.jspecify.annotations.NullMarked;
