/** The commands: serve, demo, replay, simulate. */
@NullMarked
package io.grouppulse.cli;

import org.jspecify.annotations.NullMarked;
