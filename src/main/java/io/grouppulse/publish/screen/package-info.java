/** The screens and the interface documents, served from the class path. */
@NullMarked
package io.grouppulse.publish.screen;

import org.jspecify.annotations.NullMarked;
