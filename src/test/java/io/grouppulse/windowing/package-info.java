/** The laws of the windows, held against the oracle. */
@NullMarked
package io.grouppulse.windowing;

import org.jspecify.annotations.NullMarked;
