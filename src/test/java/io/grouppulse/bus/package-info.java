/** Tests of what crosses between verticles. */
@NullMarked
package io.grouppulse.bus;

import org.jspecify.annotations.NullMarked;
