/** Reaching Redis: addresses, and connections that come back by themselves. Knows no key and no meaning. */
@NullMarked
package io.grouppulse.redis;

import org.jspecify.annotations.NullMarked;
