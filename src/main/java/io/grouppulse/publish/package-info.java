/** How readings look to the outside: one JSON form for every audience. The audiences below do not know each other. */
@NullMarked
package io.grouppulse.publish;

import org.jspecify.annotations.NullMarked;
