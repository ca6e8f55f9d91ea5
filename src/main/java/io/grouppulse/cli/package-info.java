/**
 * The commands: serve, demo, replay, simulate. Arguments come in, an exit code goes out; what serving means is the
 * launcher's business, and everything else speaks to a monitor through its public door.
 */
@NullMarked
package io.grouppulse.cli;

import org.jspecify.annotations.NullMarked;
