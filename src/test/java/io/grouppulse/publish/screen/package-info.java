/** The screens in a real browser, against the packed program. */
@NullMarked
package io.grouppulse.publish.screen;

import org.jspecify.annotations.NullMarked;
