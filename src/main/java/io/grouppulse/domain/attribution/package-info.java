/** To which group an order that names none is attributed: a function of the set of the member's events. */
@NullMarked
package io.grouppulse.domain.attribution;

import org.jspecify.annotations.NullMarked;
