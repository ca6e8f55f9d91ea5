/**
 * The independent check of every measure: a batch computation in SQL and its plain-Java twin, real and random events to
 * feed them, and a comparison of their answers with anybody else's. Nothing here looks at the streaming computation.
 */
@NullMarked
package io.grouppulse.oracle;

import org.jspecify.annotations.NullMarked;
