/** The query API on a running monitor. */
@NullMarked
package io.grouppulse.publish.query;

import org.jspecify.annotations.NullMarked;
