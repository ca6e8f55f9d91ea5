/** Tests of which series there are. */
@NullMarked
package io.grouppulse.publish.metrics;

import org.jspecify.annotations.NullMarked;
