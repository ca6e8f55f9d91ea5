/**
 * Clients that hold places, flood and dribble against a monitor of their own, beside a producer, a screen and newcomers that behave.
 * {@code load-tests/run abuse} and {@code AbuseIT} run the same classes.
 */
@NullMarked
package io.grouppulse.abuse;

import org.jspecify.annotations.NullMarked;
