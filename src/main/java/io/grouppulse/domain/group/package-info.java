/** The group state machine: all that is remembered about one group, its reading and its saved form. */
@NullMarked
package io.grouppulse.domain.group;

import org.jspecify.annotations.NullMarked;
