/**
 * What happened: events of groups, registry commands, and their field rules. Plain values; nothing here reads a clock.
 */
@NullMarked
package io.grouppulse.domain.event;

import org.jspecify.annotations.NullMarked;
