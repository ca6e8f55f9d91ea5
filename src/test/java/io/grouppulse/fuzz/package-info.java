/** Fuzzing of every parser: what each is fed, short runs from fixed seeds, and the entry for long, coverage-guided ones. */
@NullMarked
package io.grouppulse.fuzz;

import org.jspecify.annotations.NullMarked;
