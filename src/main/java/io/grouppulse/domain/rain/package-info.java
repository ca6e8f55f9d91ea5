/** Order rain as episodes: when paid orders came thick and fast, how it went, what set it off. Pure functions of counts by second. */
@NullMarked
package io.grouppulse.domain.rain;

import org.jspecify.annotations.NullMarked;
