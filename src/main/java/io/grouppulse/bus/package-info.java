/** What crosses between verticles, and at which pace: addresses and immutable messages, passed by reference in one process. */
@NullMarked
package io.grouppulse.bus;

import org.jspecify.annotations.NullMarked;
