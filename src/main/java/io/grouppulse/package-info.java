/** The composition root: settings become rooms, rooms become verticles, in order. */
@NullMarked
package io.grouppulse;

import org.jspecify.annotations.NullMarked;
