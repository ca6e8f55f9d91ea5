/** Alerts as episodes: what is wrong, since when, and who is told once. Knows no rest of the domain but times. */
@NullMarked
package io.grouppulse.domain.alert;

import org.jspecify.annotations.NullMarked;
