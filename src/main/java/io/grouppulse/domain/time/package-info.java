/** Time as arithmetic: windows as whole numbers of slices, days of a zone. No clock: T always comes as an argument. */
@NullMarked
package io.grouppulse.domain.time;

import org.jspecify.annotations.NullMarked;
